import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { JsonObject } from "../load/json.ts";
import { Sources } from "../load/sources.ts";
import { buildModel } from "../model/build-model.ts";
import { arbitraryContract } from "./fixtures/arbitrary-contract.ts";
import { MemorySources } from "./fixtures/memory-sources.ts";
import { compilerOf, vanishedMembers } from "./fixtures/vanished-members.ts";

/** @param atMost members of one shape that are looked at */
function vanishedFrom(sources: Sources, atMost: number): { vanished: string[]; looked: number } {
  const model = buildModel(sources);
  const each = model.apis.flatMap((api) => {
    if (!api.gateway) return [];
    const compile = compilerOf(api, api.gateway, model, sources);
    return [vanishedMembers(api.document, compile, model.locations, atMost)];
  });
  return {
    vanished: each.flatMap(({ vanished }) => vanished),
    looked: each.reduce((sum, { looked }) => sum + looked, 0),
  };
}

describe("each member of a contract is in the import document or among the losses", () => {
  it("of this project's contracts", () => {
    const { vanished, looked } = vanishedFrom(new Sources(join(import.meta.dirname, "../..")), 1);
    expect(vanished).toEqual([]);
    expect(looked).toBeGreaterThan(200);
  });

  it("of contracts in which everything occurs that OpenAPI knows, and more", () => {
    let total = 0;
    fc.assert(
      fc.property(arbitraryContract, (contract: JsonObject) => {
        const sources = new MemorySources({ "openapi/ward.yaml": JSON.stringify(contract) });
        const { vanished, looked } = vanishedFrom(sources, 1);
        total += looked;
        expect(vanished).toEqual([]);
      }),
      { seed: 20_261_120, numRuns: 15, endOnFailure: true },
    );
    expect(total).toBeGreaterThan(600);
  });
});
