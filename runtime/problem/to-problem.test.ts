import { describe, expect, it } from "@jest/globals";
import { MongoNetworkError, MongoServerError } from "mongodb";
import { SecretUnavailableError } from "../secrets/secret-store.ts";
import { problem } from "./problem.ts";
import { toProblem } from "./to-problem.ts";

const throttled = (message: string) => new MongoServerError({ message, code: 16500 });

describe("toProblem", () => {
  it("leaves a problem as it is", () => {
    const own = problem("test-not-found");
    expect(toProblem(own)).toBe(own);
  });

  it.each<[Error, string, number]>([
    [new SecretUnavailableError("canary"), "secret-unavailable", 1],
    [new MongoNetworkError("canary"), "database-unavailable", 1],
    [throttled("Error=16500, RetryAfterMs=8, canary"), "database-unavailable", 1],
    [throttled("Error=16500, RetryAfterMs=2500, canary"), "database-unavailable", 3],
  ])("says of %s that it will pass", (error, code, retryAfter) => {
    const made = toProblem(error);
    expect(made).toMatchObject({ code, status: 503, options: { retryAfter } });
    expect(made.message).not.toContain("canary");
  });

  it.each([
    [new Error("canary")],
    [new MongoServerError({ message: "canary", code: 11000 })],
    [Object.assign(new Error("canary"), { status: 404, code: "patient-not-found", name: "Problem" })],
    ["canary"],
    [null],
    [undefined],
  ])("takes %s for a failure of ours, and keeps the cause", (error) => {
    const made = toProblem(error);
    expect(made).toMatchObject({ code: "internal-error", status: 500 });
    expect(made.cause).toBe(error);
    expect(made.message).toBe("The server failed");
    expect(made.options).toEqual({ cause: error });
  });
});
