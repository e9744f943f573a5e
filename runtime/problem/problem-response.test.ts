import { describe, expect, it } from "@jest/globals";
import { contractSchema } from "../testing/contract-schema.ts";
import { problemReply } from "./problem-response.ts";
import { problem } from "./problem.ts";

const NAMES = {
  traceId: "0af7651916cd43dd8448eb211c80319c",
  requestId: "0198c0de-0000-7000-8000-00000000abcd",
};
const isProblem = contractSchema({ $ref: "shared/schemas.yaml#/Problem" });

describe("problemReply", () => {
  it("is a problem of RFC 9457", () => {
    const reply = problemReply(problem("patient-not-found"), NAMES);
    expect(reply).toEqual({
      status: 404,
      headers: { "content-type": "application/problem+json" },
      body: {
        type: "/portal/errors/patient-not-found",
        title: "There is no such patient",
        status: 404,
        detail: "No patient has this id, or the patient was deleted.",
        code: "patient-not-found",
        ...NAMES,
      },
    });
    expect(isProblem(reply.body)).toBe(true);
  });

  it("says what was wrong, and when to come back", () => {
    const errors = [{ pointer: "/id", code: "const", message: "must be the id of the path" }];
    const { headers, body } = problemReply(
      problem("id-mismatch", { detail: "The ids differ.", errors, retryAfter: 0 }),
      NAMES,
    );
    expect(headers).toHaveProperty("retry-after", 0);
    expect(body).toMatchObject({ detail: "The ids differ.", errors });
    expect(isProblem(body)).toBe(true);
  });

  it("tells nothing of the cause", () => {
    const reply = problemReply(problem("internal-error", { cause: new Error("canary") }), NAMES);
    expect(JSON.stringify(reply)).not.toContain("canary");
  });
});
