import type { ValidatorError } from "../../runtime/operation.ts";
import type { SentRequest } from "./oracle/sent-request.ts";
import type { Answer } from "./parts/answer.ts";
import type { HttpPart } from "./parts/http-part.ts";
import type { Parts } from "./parts/parts.ts";
import { codePoints } from "./oracle/code-points.ts";

/** What becomes of an answer on its way to the check. */
export type Alter = (answer: Answer, request: SentRequest) => Answer;

/** Parts of which the apps answer otherwise than they do. */
export function withBrokenApp(parts: Parts, alter: Alter): Parts {
  return { ...parts, app: (api) => altered(parts.app(api), alter) };
}

/** Parts of which the gateway answers otherwise than it does. */
export function withBrokenGateway(parts: Parts, alter: Alter): Parts {
  return { ...parts, gateway: (api) => altered(parts.gateway(api), alter) };
}

function altered(part: HttpPart, alter: Alter): HttpPart {
  return { ...part, send: async (request) => alter(await part.send(request), request) };
}

/**
 * Parts of which the validators have another limit for the length of a text: they find all else that they find.
 * @param instancePath of the text, `/body/firstName`
 */
export function withBrokenLimit(parts: Parts, instancePath: string, limit: number): Parts {
  return {
    ...parts,
    definition: (operation) => {
      const definition = parts.definition(operation);
      const validateRequest = (data: unknown): boolean => {
        const errors = definition.validateRequest(data) ? [] : (definition.validateRequest.errors ?? []);
        const others = errors.filter(
          (one) => one.instancePath !== instancePath || one.keyword !== "maxLength",
        );
        const text = textAt(data, instancePath);
        const found =
          text !== undefined && codePoints(text).length > limit ? [...others, tooLong(instancePath)] : others;
        validateRequest.errors = found;
        return found.length === 0;
      };
      validateRequest.errors = [] as readonly ValidatorError[];
      return { ...definition, validateRequest };
    },
  };
}

function tooLong(instancePath: string): ValidatorError {
  return { instancePath, keyword: "maxLength", schemaPath: "", params: {} };
}

function textAt(data: unknown, pointer: string): string | undefined {
  const found = pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((value, member) => (isRecord(value) ? value[member] : undefined), data);
  return typeof found === "string" ? found : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
