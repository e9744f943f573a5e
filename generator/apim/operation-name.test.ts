import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { operationName } from "./operation-name.ts";

describe("operationName", () => {
  it.each([
    // The page's own example.
    ["GET-/foo/{bar}?buzz={quix}", "get-foo-bar-buzz-quix"],
    ["listBeds", "listbeds"],
    ["list_Beds", "list-beds"],
    ["--list  beds--", "list-beds"],
    ["été", "t"],
    ["", ""],
    ["/{}/", ""],
    ["a".repeat(80), "a".repeat(76)],
  ])("calls %s %s", (operationId, name) => {
    expect(operationName(operationId)).toBe(name);
  });

  it("gives names of the form, and of a name itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 120 }), (operationId) => {
        const name = operationName(operationId);
        expect(name).toMatch(/^([a-z0-9][a-z0-9-]{0,75})?$/);
        expect(name).not.toContain("--");
        // A cut may leave a dash at the end, which the next round trims.
        expect(operationName(name)).toBe(name.replace(/-$/, ""));
      }),
    );
  });
});
