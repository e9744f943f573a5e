import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { operationName } from "../operation-name.ts";
import { simulateImport, type ApimOperation, type ImportedOperation } from "./simulate-import.ts";

const imported = (
  operationId: string,
  method: string,
  urlTemplate: string,
  summary = "",
): ImportedOperation => ({
  ...{ operationId, method, urlTemplate, summary },
});

const existing = (name: string, method: string, urlTemplate: string, hasPolicy = false): ApimOperation => ({
  ...{ name, displayName: name, method, urlTemplate, hasPolicy },
});

/** The steps in a few words: `~` updated, `+` created, `-` deleted, and where a policy came from. */
function steps(before: readonly ApimOperation[], document: readonly ImportedOperation[]): string[] {
  return simulateImport(before, document).steps.map((step) => {
    if (step.kind === "deleted") return `-${step.before.name}`;
    if (step.kind === "updated") return `~${step.after.name}${step.after.hasPolicy ? "*" : ""}`;
    return `+${step.after.name}${step.policyFrom ? ` from ${step.policyFrom.name}` : ""}`;
  });
}

describe("simulateImport", () => {
  it("makes every operation on a first import, called by its operationId, shown by its summary", () => {
    const { operations } = simulateImport(
      [],
      [
        imported("listBeds", "GET", "/beds", "List beds"),
        imported("", "GET", "/foo/{bar}"),
        imported("create_Bed", "POST", "/beds"),
      ],
    );
    expect(operations).toEqual([
      { ...existing("listbeds", "GET", "/beds"), displayName: "List beds" },
      { ...existing("get-foo-bar", "GET", "/foo/{bar}"), displayName: "" },
      { ...existing("create-bed", "POST", "/beds"), displayName: "create_Bed" },
    ]);
  });

  it("tells those apart that have one name", () => {
    const long = "a".repeat(76);
    const { operations } = simulateImport(
      [],
      [
        imported(`${long}b`, "GET", "/b"),
        imported(`${long}c`, "GET", "/c"),
        imported("list-beds", "GET", "/d"),
        imported("list_beds", "GET", "/e"),
        imported("List beds", "GET", "/f"),
      ],
    );
    expect(operations.map(({ name }) => name)).toEqual([
      long,
      `${long}-1`,
      "list-beds",
      "list-beds-1",
      "list-beds-2",
    ]);
  });

  it("updates what has the name in place, with its policy, whatever its path is now", () => {
    const before = [existing("listbeds", "GET", "/beds", true)];
    expect(steps(before, [imported("listBeds", "GET", "/places")])).toEqual(["~listbeds*"]);
    expect(steps(before, [imported("LIST-BEDS", "GET", "/beds")])).toEqual([
      "+list-beds from listbeds",
      "-listbeds",
    ]);
  });

  it("deletes what has no match, and copies its policy where method and path stayed", () => {
    const before = [existing("listbeds", "GET", "/beds", true), existing("createbed", "POST", "/beds", true)];
    expect(
      steps(before, [imported("findBeds", "GET", "/beds"), imported("createBed", "POST", "/beds")]),
    ).toEqual(["+findbeds from listbeds", "~createbed*", "-listbeds"]);
    expect(steps(before, [imported("findBeds", "GET", "/places")])).toEqual([
      "+findbeds",
      "-listbeds",
      "-createbed",
    ]);
    expect(steps(before, [imported("findBeds", "PUT", "/beds")])).toEqual([
      "+findbeds",
      "-listbeds",
      "-createbed",
    ]);
    expect(steps(before, [imported("findBeds", "GET", "/beds/{id}")])).toEqual([
      "+findbeds",
      "-listbeds",
      "-createbed",
    ]);
    expect(steps([existing("a", "GET", "/a")], [imported("b", "GET", "/a")])).toEqual(["+b", "-a"]);
  });

  it("carries the policy with the name when two operations exchange theirs", () => {
    const before = [existing("a", "GET", "/a", true), existing("b", "GET", "/b")];
    const { operations } = simulateImport(before, [imported("b", "GET", "/a"), imported("a", "GET", "/b")]);
    expect(operations).toMatchObject([
      { name: "b", urlTemplate: "/a", hasPolicy: false },
      { name: "a", urlTemplate: "/b", hasPolicy: true },
    ]);
  });

  it("leaves nothing of an empty document, and makes nothing of nothing", () => {
    expect(steps([existing("a", "GET", "/a")], [])).toEqual(["-a"]);
    expect(simulateImport([], [])).toEqual({ operations: [], steps: [] });
  });
});

const operation = fc.record({
  operationId: fc.stringMatching(/^[a-cA-C_-]{0,3}$/),
  method: fc.constantFrom("GET", "PUT"),
  urlTemplate: fc.constantFrom("/", "/a", "/{b}"),
  summary: fc.constantFrom("", "Text"),
});
const document = fc.array(operation, { maxLength: 5 });

describe("simulateImport, whatever is imported", () => {
  it("leaves what the document has, and accounts for what was there", () => {
    fc.assert(
      fc.property(document, document, (first, second) => {
        const before = simulateImport([], first).operations.map((one, index) => ({
          ...one,
          hasPolicy: index % 2 === 0,
        }));
        const { operations, steps } = simulateImport(before, second);
        expect(operations.map(({ method, urlTemplate }) => [method, urlTemplate])).toEqual(
          second.map(({ method, urlTemplate }) => [method, urlTemplate]),
        );
        expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
        const kept = steps.flatMap((step) => (step.kind === "created" ? [] : [step.before]));
        expect(new Set(kept)).toEqual(new Set(before));
        expect(kept).toHaveLength(before.length);
      }),
    );
  });

  it("changes nothing when the same document comes again", () => {
    fc.assert(
      fc.property(document, (same) => {
        const before = simulateImport([], same).operations;
        const again = simulateImport(before, same);
        expect(again.operations).toEqual(before);
        expect(again.steps.every(({ kind }) => kind === "updated")).toBe(true);
      }),
    );
  });

  it("keeps no policy but that of the name, or of the method and path", () => {
    fc.assert(
      fc.property(document, document, (first, second) => {
        const before = simulateImport([], first).operations.map((one) => ({ ...one, hasPolicy: true }));
        for (const [index, after] of simulateImport(before, second).operations.entries()) {
          const named = before.some(({ name }) => name === after.name);
          const placed = before.some(
            (one) => one.method === after.method && one.urlTemplate === after.urlTemplate,
          );
          expect(after.hasPolicy).toBe(named || placed);
          const wish = operationName(second[index]?.operationId ?? "");
          if (wish !== "") expect(after.name.startsWith(wish)).toBe(true);
        }
      }),
    );
  });
});
