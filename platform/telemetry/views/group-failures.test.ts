import { describe, expect, it } from "@jest/globals";
import { type EnvelopeOptions } from "../test-support/make-envelope.ts";
import { makeItems } from "../test-support/read-items.ts";
import { groupFailures } from "./group-failures.ts";

describe("groupFailures", () => {
  it("groups by service, operation and result, and knows how many were sampled out", () => {
    const failed = (at: number, responseCode: string): EnvelopeOptions => ({
      id: `${at}`,
      at,
      sampleRate: 50,
      data: { success: false, responseCode },
    });
    const groups = groupFailures(
      makeItems(failed(1, "500"), failed(2, "500"), failed(3, "404"), { id: "good" }),
    );
    expect(groups.map(({ result, count, estimated }) => [result, count, estimated])).toEqual([
      ["500", 2, 4],
      ["404", 1, 2],
    ]);
    expect(groups[0]?.latest.map(({ spanId }) => spanId)).toEqual(["2", "1"]);
  });

  it("names what a call went to, and where an exception was thrown", () => {
    const exceptions = [{ typeName: "RangeError", message: "too far" }];
    const groups = groupFailures(
      makeItems(
        {
          type: "RemoteDependency",
          id: "d",
          operation: "GET /x",
          data: { success: false, type: "HTTP", target: "audit", name: "POST /records", resultCode: "503" },
        },
        { type: "Exception", parent: "d", operation: "GET /x", at: 1, data: { exceptions } },
      ),
    );
    expect(groups).toMatchObject([
      {
        kind: "exception",
        operation: "GET /x",
        result: "RangeError",
        latest: [{ spanId: "d", message: "too far" }],
      },
      { kind: "dependency", operation: "GET /x", call: "HTTP audit POST /records", result: "503" },
    ]);
  });
});
