import type { HttpFunction } from "./app-functions.ts";
import { parseRouteTemplate, type RouteSegment } from "./route-template.ts";

/** The function that a request is for, and the decoded values of its route parameters. */
export interface RouteMatch {
  function: HttpFunction;
  params: Record<string, string>;
}

/** Finds the function for a method and a path. A path without a function for its method is no match (404, as in Azure). */
export interface Router {
  /** @param path decoded path segments */
  match(method: string, path: readonly string[]): RouteMatch | undefined;
}

/**
 * Builds the router of an app: literal segments before constrained parameters before other parameters before those
 * that catch the rest, whatever the order of registration. Literals are compared without regard to case.
 *
 * @throws Error naming the function whose route is refused, or taken by another one
 */
export function createRouter(functions: readonly HttpFunction[], routePrefix: string): Router {
  const root = createNode();
  for (const each of functions) addRoute(root, each, routePrefix);
  return {
    match(method, path) {
      const values: string[] = [];
      const found = find(root, method, path, 0, values);
      return found && { function: found.function, params: nameValues(found.names, values) };
    },
  };
}

interface Node {
  literals: Map<string, Node>;
  parameters: { segment: Parameter; node: Node }[];
  catchAlls: { segment: Parameter; node: Node }[];
  functions: Map<string, { function: HttpFunction; names: string[] }>;
}

type Parameter = Exclude<RouteSegment, { kind: "literal" }>;

const createNode = (): Node => ({ literals: new Map(), parameters: [], catchAlls: [], functions: new Map() });

function addRoute(root: Node, entry: HttpFunction, routePrefix: string): void {
  try {
    const own = parseRouteTemplate(entry.route);
    checkReserved(own);
    const segments = [...(routePrefix === "" ? [] : parseRouteTemplate(routePrefix)), ...own];
    addFunction(segments.reduce(descend, root), entry, segments);
    const last = segments.at(-1);
    const canBeAbsent = last && last.kind !== "literal" && (last.isOptional || last.kind === "catch-all");
    if (canBeAbsent) addFunction(segments.slice(0, -1).reduce(descend, root), entry, segments.slice(0, -1));
  } catch (error) {
    throw new Error(
      `function "${entry.name}": ${error instanceof Error ? error.message : "its route is refused"}`,
      {
        cause: error,
      },
    );
  }
}

/** The real host keeps these for itself. */
function checkReserved([first]: RouteSegment[]): void {
  if (first?.kind === "literal" && (first.text === "admin" || first.text === "runtime")) {
    throw new Error(`the route conflicts with the host's own "${first.text}"`);
  }
}

function descend(node: Node, segment: RouteSegment): Node {
  if (segment.kind === "literal") {
    const next = node.literals.get(segment.text) ?? createNode();
    node.literals.set(segment.text, next);
    return next;
  }
  const siblings = segment.kind === "catch-all" ? node.catchAlls : node.parameters;
  const known = siblings.find((each) => each.segment.key === segment.key);
  if (known) return known.node;
  const next = createNode();
  siblings.push({ segment, node: next });
  siblings.sort((a, b) => b.segment.constraints.length - a.segment.constraints.length);
  return next;
}

function addFunction(node: Node, entry: HttpFunction, segments: RouteSegment[]): void {
  const names = segments.flatMap((segment) => (segment.kind === "literal" ? [] : [segment.name]));
  for (const method of entry.methods) {
    const other = node.functions.get(method);
    if (other)
      throw new Error(`${method} "${entry.route}" is already the route of function "${other.function.name}"`);
    node.functions.set(method, { function: entry, names });
  }
}

function find(
  node: Node,
  method: string,
  path: readonly string[],
  index: number,
  values: string[],
): { function: HttpFunction; names: string[] } | undefined {
  const text = path[index];
  if (text === undefined) return node.functions.get(method);
  const literal = node.literals.get(text) ?? node.literals.get(text.toLowerCase());
  const found = literal && find(literal, method, path, index + 1, values);
  if (found || text === "") return found;
  return (
    findIn(node.parameters, text, method, path, index + 1, values) ??
    findIn(node.catchAlls, path.slice(index).join("/"), method, path, path.length, values)
  );
}

function findIn(
  branches: Node["parameters"],
  value: string,
  method: string,
  path: readonly string[],
  next: number,
  values: string[],
): { function: HttpFunction; names: string[] } | undefined {
  for (const { segment, node } of branches) {
    if (!segment.constraints.every((constraint) => constraint(value))) continue;
    values.push(value);
    const found = find(node, method, path, next, values);
    if (found) return found;
    values.pop();
  }
  return undefined;
}

function nameValues(names: readonly string[], values: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {};
  names.forEach((name, index) => {
    params[name] = values[index] ?? "";
  });
  return params;
}
