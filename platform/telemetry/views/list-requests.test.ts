import { describe, expect, it } from "@jest/globals";
import { makeItems } from "../test-support/read-items.ts";
import { listRequests } from "./list-requests.ts";

describe("listRequests", () => {
  const some = makeItems(
    { id: "a", at: 1 },
    { id: "b", at: 3, data: { success: false } },
    { id: "c", at: 2, role: "audit" },
    { type: "RemoteDependency", id: "d" },
  );
  it.each([
    [{ limit: 10 }, ["b", "c", "a"]],
    [{ limit: 1 }, ["b"]],
    [{ limit: 10, service: "audit" }, ["c"]],
    [{ limit: 10, failed: true }, ["b"]],
    [{ limit: 10, failed: false }, ["c", "a"]],
  ])("lists for %j", (filter, ids) => {
    expect(listRequests(some, filter).map(({ id }) => id)).toEqual(ids);
  });
});
