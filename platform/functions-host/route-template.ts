import { createRouteConstraint, type RouteConstraint } from "./route-constraints.ts";

/** One segment of a route: literal text (lower case), or a parameter. */
export type RouteSegment =
  | { kind: "literal"; text: string }
  | {
      kind: "parameter" | "catch-all";
      name: string;
      isOptional: boolean;
      constraints: RouteConstraint[];
      key: string;
    };

/**
 * Parses a route template such as `patient/{patientId:guid}`.
 *
 * @throws Error saying which part Azure refuses, or this host does not know
 * @see https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook-trigger#customize-the-http-endpoint
 */
export function parseRouteTemplate(template: string): RouteSegment[] {
  if (/^[/~]/.test(template))
    throw new Error(`route "${template}" must not start with "${template.slice(0, 1)}"`);
  if (template === "") return [];
  const segments = template.split("/").map((text) => parseSegment(text, template));
  checkOrder(segments, template);
  return segments;
}

function parseSegment(text: string, template: string): RouteSegment {
  if (text === "") throw new Error(`route "${template}" has an empty segment`);
  if (!/[{}]/.test(text)) return { kind: "literal", text: text.toLowerCase() };
  const [, star, name, suffix = "", optional] = PARAMETER.exec(text) ?? [];
  if (name === undefined || name === "__proto__") {
    throw new Error(`route "${template}": the local host does not support the segment "${text}"`);
  }
  return {
    kind: star ? "catch-all" : "parameter",
    name,
    isOptional: optional !== undefined,
    constraints: suffix
      .split(":")
      .slice(1)
      .map((each) => constraintOf(each, template)),
    key: suffix.toLowerCase(),
  };
}

/** `{name}`, `{*name}`, `{name?}`, `{name:constraint:constraint(1,2)}`. */
const PARAMETER = /^\{(\*{0,2})([a-z_]\w*)((?::[a-z]+(?:\([^(){}:]*\))?)*)(\?)?\}$/i;

function constraintOf(text: string, template: string): RouteConstraint {
  const constraint = createRouteConstraint(text);
  if (constraint) return constraint;
  throw new Error(`route "${template}": the local host does not know the constraint "${text}"`);
}

function checkOrder(segments: RouteSegment[], template: string): void {
  const names = segments.flatMap((segment) =>
    segment.kind === "literal" ? [] : [segment.name.toLowerCase()],
  );
  if (new Set(names).size < names.length)
    throw new Error(`route "${template}" has two parameters of one name`);
  const isOpenEnded = (segment: RouteSegment) =>
    segment.kind === "catch-all" || (segment.kind === "parameter" && segment.isOptional);
  if (segments.slice(0, -1).some(isOpenEnded)) {
    throw new Error(`route "${template}": only the last parameter may be optional or catch the rest`);
  }
}
