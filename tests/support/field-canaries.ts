import type { ContractDocument, Place } from "./contract-document.ts";

/** A value that stands in one field of one request alone, so that whoever finds it knows where it came from. */
export interface FieldCanary {
  /** `createPatient /firstName`. */
  readonly field: string;
  readonly value: string;
}

/** A body full of canaries, and bodies that each break the contract in one field, with a canary in it. */
export interface CanaryBodies {
  readonly valid: unknown;
  readonly invalid: readonly unknown[];
}

/** Where a value is, and how the whole body looks with another in its place. */
interface Spot {
  readonly pointer: string;
  readonly rebuild: (value: unknown) => unknown;
}

/** What a plain canary needs. In characters. */
const SHORTEST = 8;

/** Makes canaries, each once, and remembers where they were put. */
export class FieldCanaries {
  readonly all: FieldCanary[] = [];

  /**
   * Bodies of an operation.
   * @param keep members that must be as they are, by their pointers in the body
   */
  bodiesOf(
    document: ContractDocument,
    { operationId, pointer }: { readonly operationId: string; readonly pointer: string },
    keep: Readonly<Record<string, unknown>>,
  ): CanaryBodies {
    const invalid: unknown[] = [];
    const walk = (schema: Place, spot: Spot): unknown => {
      if (spot.pointer in keep) return keep[spot.pointer];
      if (schema.value.type === "object") return this.#object(document, schema, spot, walk);
      if (schema.value.type === "array") {
        const first = { pointer: `${spot.pointer}/0`, rebuild: (value: unknown) => spot.rebuild([value]) };
        return [walk(document.find(`${schema.pointer}/items`), first)];
      }
      const field = `${operationId} ${spot.pointer}`;
      const member = this.plain(`${field}, as a member`);
      invalid.push(spot.rebuild({ [member]: this.plain(`${field}, in a member`) }));
      invalid.push(spot.rebuild(this.plain(`${field}, too long`).repeat(1_000)));
      return this.#text(schema, field);
    };
    const schema = document.find(`${pointer}/requestBody/content/application~1json/schema`);
    const valid = walk(schema, { pointer: "", rebuild: (value) => value });
    return { valid, invalid };
  }

  /** A canary of letters and digits. */
  plain(field: string): string {
    return this.#add(field, `zq${(60_000_000 + this.all.length).toString(36)}`);
  }

  #object(
    document: ContractDocument,
    schema: Place,
    { pointer, rebuild }: Spot,
    walk: (schema: Place, spot: Spot) => unknown,
  ): unknown {
    const whole: Record<string, unknown> = {};
    for (const [name, member] of document.children(document.find(`${schema.pointer}/properties`)))
      whole[name] = walk(member, {
        pointer: `${pointer}/${name}`,
        rebuild: (value) => rebuild({ ...whole, [name]: value }),
      });
    return whole;
  }

  #text({ value: { format, enum: values, pattern, maxLength } }: Place, field: string): unknown {
    const number = this.all.length;
    if (Array.isArray(values)) return values[0];
    if (typeof maxLength === "number" && maxLength < SHORTEST)
      return this.#add(field, `çq${(500 + (number % 700)).toString(36)}`);
    if (format !== undefined || pattern !== undefined)
      return this.#add(field, new Date(Date.UTC(1900, 0, 1 + number)).toISOString().slice(0, 10));
    return this.plain(field);
  }

  #add(field: string, value: string): string {
    this.all.push({ field, value });
    return value;
  }
}
