import { describe, expect, it } from "@jest/globals";
import { type EnvelopeOptions } from "../test-support/make-envelope.ts";
import { makeItems } from "../test-support/read-items.ts";
import { summarizeMetrics } from "./summarize-metrics.ts";

describe("summarizeMetrics", () => {
  const metric = (at: number, value: number, properties: object, more: object = {}): EnvelopeOptions => ({
    type: "Metric",
    at,
    data: { metrics: [{ name: "queue", value, ...more }], properties },
  });
  it("adds up by name and properties, in whichever order they come", () => {
    const series = summarizeMetrics(
      makeItems(metric(2, 5, { a: "1", b: "2" }), metric(1, 7, { b: "2", a: "1" }), metric(1, 1, { a: "2" })),
    );
    expect(series).toMatchObject([
      {
        service: "patient",
        name: "queue",
        attributes: { a: "1", b: "2" },
        latest: 5,
        count: 2,
        sum: 12,
        min: 5,
        max: 7,
      },
      { attributes: { a: "2" }, latest: 1, count: 1 },
    ]);
  });

  it("takes the least and the greatest from sums that tell them", () => {
    const told = summarizeMetrics(
      makeItems(metric(1, 30, {}, { count: 3, min: 2, max: 20 }), metric(2, 4, {})),
    );
    expect(told).toMatchObject([{ count: 4, sum: 34, min: 2, max: 20 }]);
    expect(summarizeMetrics(makeItems(metric(1, 30, {}, { count: 3 })))[0]).not.toHaveProperty("min");
  });
});
