import { spend } from "../runtime/evaluation.ts";
import { raise } from "../runtime/thrown.ts";
import { JArray } from "./j-array.ts";
import { JObject } from "./j-object.ts";
import { JProperty } from "./j-property.ts";
import type { JToken } from "./j-token.ts";

type Step = (token: JToken) => JToken[];

/**
 * The tokens that a JSONPath selects: `$`, `.name`, `['name']`, `[0]`, `[*]`, `.*` and `..name`.
 * @throws JsonException (as .NET exception) for filters, slices and bad syntax
 */
export function selectTokens(root: JToken, path: string): JToken[] {
  return parsePath(path).reduce<JToken[]>((tokens, step) => tokens.flatMap(step), [root]);
}

/** All tokens within a token, itself first; properties are passed over for their values. */
export function descendants(token: JToken): JToken[] {
  spend();
  const children = token.children().map((child) => (child instanceof JProperty ? child.value : child));
  return [token, ...children.flatMap(descendants)];
}

function parsePath(path: string): Step[] {
  const steps: Step[] = [];
  const pattern = /\.\.(?:([\w$-]+)|\*)|\.?([\w$-]+)|\.?(\*)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\[\*\]/y;
  pattern.lastIndex = path.startsWith("$") ? 1 : 0;
  while (pattern.lastIndex < path.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(path);
    if (match === null)
      return raise("JsonException", `Unexpected or unsupported path at position ${at}: ${path}`);
    steps.push(stepOf(match));
  }
  return steps;
}

function stepOf([text = "", deep, name, , index, quoted]: readonly (string | undefined)[]): Step {
  if (text.startsWith("..")) {
    return (token) => descendants(token).flatMap(deep === undefined ? childrenOf : byName(deep));
  }
  const key = name ?? quoted?.replace(/\\(.)/g, "$1");
  if (key !== undefined) return byName(key);
  return index === undefined
    ? childrenOf
    : (token) => (token instanceof JArray ? token.items.slice(Number(index), Number(index) + 1) : []);
}

function byName(name: string): Step {
  return (token) => {
    const value = token instanceof JObject ? token.get(name) : null;
    return value === null ? [] : [value];
  };
}

function childrenOf(token: JToken): JToken[] {
  return token.children().map((child) => (child instanceof JProperty ? child.value : child));
}
