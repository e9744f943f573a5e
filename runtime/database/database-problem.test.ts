import { describe, expect, it } from "@jest/globals";
import * as mongodb from "mongodb";
import { databaseProblem } from "./database-problem.ts";

const named = (name: string) =>
  Object.defineProperty(new mongodb.MongoError("canary"), "name", { value: name });

describe("databaseProblem", () => {
  it.each([
    "MongoServerSelectionError",
    "MongoNetworkError",
    "MongoNetworkTimeoutError",
    "MongoOperationTimeoutError",
    "MongoNotConnectedError",
    "MongoTopologyClosedError",
  ])("says of the driver's %s that the database cannot be reached", (name) => {
    expect(Object.keys(mongodb)).toContain(name);
    expect(databaseProblem(named(name))).toMatchObject({
      code: "database-unavailable",
      options: { retryAfter: 1 },
    });
  });

  it.each(["ECONNRESET", "ECONNREFUSED", "EPIPE"])(
    "says the same of a socket's own %s, which the driver passes on",
    (code) => {
      const error = Object.assign(new Error("canary"), { code, syscall: "read" });
      expect(databaseProblem(error)?.code).toBe("database-unavailable");
      expect(databaseProblem(Object.assign(new Error("canary"), { code }))).toBeNull();
    },
  );

  it("knows nothing of other errors", () => {
    expect(databaseProblem(named("MongoParseError"))).toBeNull();
    expect(databaseProblem(Object.assign(new Error("x"), { name: "MongoNetworkError" }))).toBeNull();
    expect(databaseProblem(undefined)).toBeNull();
  });
});
