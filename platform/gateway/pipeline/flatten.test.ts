import { describe, expect, it } from "@jest/globals";
import type { CompiledDocument, CompiledSection } from "../compiler/compiled-document.ts";
import { flatten } from "./flatten.ts";
import type { Statement } from "./statement.ts";

const statement = (path: string): Statement => ({
  policy: "trace",
  scope: "api",
  section: "inbound",
  path,
  policyId: "",
  readsRequestBody: false,
  readsResponseBody: false,
  run: () => undefined,
});
const section = (before: string[], base: boolean, after: string[] = []): CompiledSection => ({
  before: before.map(statement),
  base,
  after: after.map(statement),
});
const inboundOf = (...chain: CompiledSection[]): string[] => {
  const empty = section([], true);
  const documents: CompiledDocument[] = chain.map((inbound) => ({
    inbound,
    backend: empty,
    outbound: empty,
    "on-error": empty,
  }));
  return flatten(documents).inbound.map(({ path }) => path);
};

describe("flatten", () => {
  it("puts the wider section where <base/> stands", () => {
    expect(
      inboundOf(section(["o1"], true, ["o2"]), section(["a1"], true, ["a2"]), section(["g"], true)),
    ).toEqual(["o1", "a1", "g", "a2", "o2"]);
  });

  it("cuts off everything wider than a section without <base/>", () => {
    expect(inboundOf(section(["o"], true), section(["a"], false), section(["g"], true))).toEqual(["o", "a"]);
  });

  it("lets <base/> of the widest document mean nothing", () => {
    expect(inboundOf(section(["g1"], true, ["g2"]))).toEqual(["g1", "g2"]);
  });
});
