import { describe, expect, it } from "@jest/globals";
import { RouteTable } from "./route-table.ts";
import { parseUrlTemplate } from "./url-template.ts";

const table = (...templates: string[]): RouteTable<string> => {
  const routes = new RouteTable<string>();
  for (const template of templates) {
    const [method = "", path = ""] = template.split(" ");
    routes.add(method, parseUrlTemplate(path), template);
  }
  return routes;
};
const match = (
  routes: RouteTable<string>,
  method: string,
  path: string,
  query: Record<string, string> = {},
) => {
  const found = routes.match(
    method,
    path.split("/").filter((segment) => segment !== ""),
    () => new Map(Object.entries(query).map(([name, value]) => [name, [value]])),
  );
  return found && { target: found.target, parameters: Object.fromEntries(found.parameters) };
};

describe("RouteTable", () => {
  it("prefers literals over parameters over wildcards, from the left", () => {
    const routes = table("GET /*", "GET /{a}/{b}", "GET /x/{b}", "GET /{a}/y", "GET /x/y");
    expect(match(routes, "GET", "x/y")?.target).toBe("GET /x/y");
    expect(match(routes, "GET", "x/z")).toEqual({ target: "GET /x/{b}", parameters: { b: "z" } });
    expect(match(routes, "GET", "q/y")).toEqual({ target: "GET /{a}/y", parameters: { a: "q" } });
    expect(match(routes, "GET", "q/r")).toEqual({ target: "GET /{a}/{b}", parameters: { a: "q", b: "r" } });
    expect(match(routes, "GET", "q/r/s")).toEqual({ target: "GET /*", parameters: {} });
  });

  it("goes back to a less exact template when the exact one has another method", () => {
    const routes = table("GET /search", "POST /{id}");
    expect(match(routes, "POST", "search")).toEqual({ target: "POST /{id}", parameters: { id: "search" } });
    expect(match(routes, "DELETE", "search")).toBeNull();
  });

  it("keeps what a wildcard took, and wants at least a slash for it", () => {
    const routes = table("GET /files/{*path}");
    expect(match(routes, "GET", "files/a/b")).toEqual({
      target: "GET /files/{*path}",
      parameters: { path: "a/b" },
    });
    expect(match(routes, "GET", "files")).toBeNull();
  });

  it("tells templates apart by their query", () => {
    const routes = table("GET /a", "GET /a?view={view}");
    expect(match(routes, "GET", "a", { view: "full" })).toEqual({
      target: "GET /a?view={view}",
      parameters: { view: "full" },
    });
    expect(match(routes, "GET", "a", { other: "1" })).toEqual({ target: "GET /a", parameters: {} });
  });

  it("is not misled by names of Object.prototype", () => {
    const routes = table("GET /{id}");
    expect(match(routes, "GET", "__proto__")?.parameters).toEqual({ id: "__proto__" });
    expect(match(routes, "GET", "constructor/prototype")).toBeNull();
  });

  it.each(["GET /a{b}", "GET /{a", "GET /{*a}/b", "GET /a?b"])("refuses the template %s", (template) => {
    expect(() => table(template)).toThrow(TypeError);
  });

  it("refuses the same template twice", () => {
    expect(() => table("GET /{a}", "GET /{b}")).toThrow(TypeError);
  });
});
