import { describe, expect, it } from "@jest/globals";
import { isSpan } from "../store/is-span.ts";
import { makeEnvelope, TRACE, type EnvelopeOptions } from "../test-support/make-envelope.ts";
import { makeTransaction } from "../test-support/make-transaction.ts";
import { makeItems, readItems } from "../test-support/read-items.ts";
import { buildTrace, type SpanNode } from "./build-trace.ts";

const build = (...options: EnvelopeOptions[]) => buildTrace(makeItems(...options), TRACE);
/** `g(gc(p))`: ids, with what is within. */
const shape = (nodes: readonly SpanNode[] = []): string =>
  nodes.map(({ id, children }) => (children.length > 0 ? `${id}(${shape(children)})` : id)).join(" ");

describe("buildTrace", () => {
  it("builds the tree in start order, whatever the order of arrival", () => {
    const trace = buildTrace(readItems(makeTransaction().reverse()), TRACE);
    expect(shape(trace?.roots)).toBe("g(own-5 gc(p(pc(a(m)))))");
    expect(trace).toMatchObject({
      spans: 7,
      omitted: 0,
      roots: [{ requestId: "0198c0de-0000-7000-8000-00000000abcd" }],
    });
  });

  it("knows nothing of another trace", () => {
    expect(buildTrace(readItems(makeTransaction()), "f".repeat(32))).toBeUndefined();
  });

  it("takes what has no known parent for a root", () => {
    expect(
      shape(build({ id: "b", parent: "gone", at: 1 }, { id: "a" }, { id: "c", parent: "b", at: 2 })?.roots),
    ).toBe("a b(c)");
  });

  it.each([
    ["its own parent", [{ id: "a", parent: "a" }], "a"],
    [
      "a circle",
      [
        { id: "a", parent: "b" },
        { id: "b", parent: "a", at: 1 },
      ],
      "a(b)",
    ],
    [
      "a way into a circle",
      [
        { id: "x", parent: "a" },
        { id: "a", parent: "b", at: 1 },
        { id: "b", parent: "a", at: 2 },
      ],
      "a(x b)",
    ],
  ])("opens %s", (_what, options, expected) => {
    expect(shape(build(...options)?.roots)).toBe(expected);
  });

  it("shows what was sent twice once", () => {
    expect(
      shape(build({ id: "a" }, { id: "b", parent: "a" }, { id: "a" }, { id: "b", parent: "a" })?.roots),
    ).toBe("a(b)");
  });

  it("tells which spans of other traces were made for one of this trace", () => {
    const links = JSON.stringify([{ operation_Id: TRACE, id: "a" }]);
    const batch: EnvelopeOptions = {
      type: "RemoteDependency",
      trace: "b".repeat(32),
      id: "batch",
      data: { name: "POST /records", properties: { "_MS.links": links } },
    };
    expect(build({ id: "a" }, batch)?.linkedFrom).toEqual([
      {
        spanId: "a",
        from: expect.objectContaining({ traceId: "b".repeat(32), id: "batch", name: "POST /records" }),
      },
    ]);
  });

  it("nests no deeper than JSON and a page can bear", () => {
    const chain = Array.from({ length: 1500 }, (_, index) => ({
      id: `${index}`,
      parent: `${index - 1}`,
      at: index,
    }));
    const trace = build(...chain);
    expect(trace?.spans).toBe(1500);
    expect(depthOf(trace?.roots ?? [])).toBeLessThan(110);
    expect(() => JSON.stringify(trace)).not.toThrow();
  });

  it("leaves out the oldest trees of a trace id that a load test used for everything", () => {
    const requests = Array.from({ length: 3000 }, (_, index) => ({ id: `${index}`, at: index }));
    const trace = build(...requests);
    expect(trace).toMatchObject({ spans: 2000, omitted: 1000 });
    expect(trace?.roots.at(-1)?.id).toBe("2999");
  });

  it("ignores measurements", () => {
    const metric = makeEnvelope({ type: "Metric", data: { metrics: [{ name: "m", value: 1 }] } });
    expect(readItems([metric]).some(isSpan)).toBe(false);
    expect(buildTrace(readItems([metric]), TRACE)).toBeUndefined();
  });
});

function depthOf(nodes: readonly SpanNode[]): number {
  return nodes.length === 0 ? 0 : 1 + Math.max(...nodes.map(({ children }) => depthOf(children)));
}
