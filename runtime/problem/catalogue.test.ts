import { describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import { contractDocument, contractSchema } from "../testing/contract-schema.ts";
import { catalogue } from "./catalogue.ts";

const DOCS = new URL("../../docs/errors.md", import.meta.url);
const codes = Object.keys(catalogue);

/** The sections of the page that explain a code: those with a status and a title. */
function documented(): Record<string, { status: number; title: string }> {
  const sections = readFileSync(DOCS, "utf8").matchAll(
    /^## ([a-z-]+)\n\n- Status: (\d{3})\n- Title: (.+)$/gm,
  );
  return Object.fromEntries(
    [...sections].map(([, code = "", status, title = ""]) => [code, { status: Number(status), title }]),
  );
}

describe("catalogue", () => {
  it("is the contract's list of codes, in the same order", () => {
    expect(contractDocument("shared/schemas.yaml")).toMatchObject({ ProblemCode: { enum: codes } });
    expect([...codes].sort()).toEqual(codes);
  });

  it("has statuses and titles that fit the contract", () => {
    const validate = contractSchema({ $ref: "shared/schemas.yaml#/Problem" });
    for (const [code, { status, title, detail }] of Object.entries(catalogue)) {
      const body = {
        type: `/portal/errors/${code}`,
        title,
        status,
        detail,
        code,
        traceId: "0af7651916cd43dd8448eb211c80319c",
        requestId: "0198c0de-0000-7000-8000-00000000abcd",
      };
      expect([code, validate(body), validate.errors]).toEqual([code, true, null]);
    }
  });

  it("is what docs/errors.md explains, with the same status and title", () => {
    const told = Object.entries(catalogue).map(([code, { status, title }]) => [code, { status, title }]);
    expect(documented()).toEqual(Object.fromEntries(told));
  });
});
