import { describe, expect, it } from "@jest/globals";
import { ApiTable } from "./api-table.ts";

const table = (...paths: string[]): ApiTable<string> => {
  const apis = new ApiTable<string>();
  for (const path of paths) apis.add(path.split("/").filter(Boolean), path);
  return apis;
};

describe("ApiTable", () => {
  it("finds the longest path that begins the request's", () => {
    const apis = table("patient", "patient/v2", "a/b/c");
    expect(apis.find(["patient", "1"])).toBe("patient");
    expect(apis.find(["patient", "v2", "1"])).toBe("patient/v2");
    expect(apis.find(["patient"])).toBe("patient");
    expect(apis.find(["a", "b"])).toBeNull();
    expect(apis.find(["patients"])).toBeNull();
    expect(apis.find(["__proto__"])).toBeNull();
    expect(apis.find([])).toBeNull();
  });

  it("falls back to the one API without a path", () => {
    expect(table("", "a").find(["b"])).toBe("");
  });

  it("refuses a path twice", () => {
    expect(() => table("a", "a")).toThrow(TypeError);
  });
});
