import { isList, isObject, type Json } from "../../../generator/load/json.ts";
import { nearMisses } from "../cases/texts.ts";
import type { RequestLocation } from "../contract/locations.ts";
import { stringsOf, type Rule } from "../contract/schema.ts";
import { codePoints } from "../oracle/code-points.ts";

/** Limits: a value exactly at it, and the first one over it. */
const LIMITS: Readonly<Record<string, { step: number; size: (value: Json) => number | null }>> = {
  minLength: { step: -1, size: lengthOf },
  maxLength: { step: 1, size: lengthOf },
  minimum: { step: -1, size: numberOf },
  maximum: { step: 1, size: numberOf },
  exclusiveMinimum: { step: 1, size: numberOf },
  exclusiveMaximum: { step: -1, size: numberOf },
  minItems: { step: -1, size: itemsOf },
  maxItems: { step: 1, size: itemsOf },
};

/** In how many ways a rule must have been met: `kept`, `broken`, `at` its limit, `missing firstName`, ... */
export function aspectsOf({ keyword, value }: Rule, location: RequestLocation): string[] {
  const limit = LIMITS[keyword];
  if (limit) {
    const over = Number(value) + limit.step;
    const canBeOver = over > 0 || (over === 0 && location.part !== "path") || limit.size === numberOf;
    return canBeOver ? ["at", "over"] : ["at"];
  }
  switch (keyword) {
    case "type":
      return typeAspects(value, location);
    case "enum":
      return enumAspects(value);
    case "required":
      return stringsOf(value).map((name) => `missing ${name}`);
    case "additionalProperties":
      return value === false ? ["kept", "broken"] : [];
    case "minProperties":
    case "maxProperties":
      return [];
    default:
      return ["kept", "broken"];
  }
}

/** What of that a value shows. */
export function aspectsSeen(keyword: string, rule: Json, value: Json, isKept: boolean): string[] {
  const limit = LIMITS[keyword];
  if (limit) {
    const size = limit.size(value);
    if (size === rule) return ["at"];
    return size === Number(rule) + limit.step ? ["over"] : [];
  }
  switch (keyword) {
    case "type":
      return isKept ? ["kept"] : value === null ? ["broken", "null"] : ["broken"];
    case "enum":
      return enumSeen(rule, value, isKept);
    case "required":
      return stringsOf(rule)
        .filter((name) => isObject(value) && !Object.hasOwn(value, name))
        .map((name) => `missing ${name}`);
    default:
      return [isKept ? "kept" : "broken"];
  }
}

/** A parameter is text until its type is read: what is declared as text cannot be anything else, and nothing can be null. */
function typeAspects(type: Json, { parameter }: RequestLocation): string[] {
  const types = typeof type === "string" ? [type] : stringsOf(type);
  if (parameter) return types.includes("string") ? ["kept"] : ["kept", "broken"];
  return types.includes("null") ? ["kept", "broken"] : ["kept", "broken", "null"];
}

function enumAspects(members: Json): string[] {
  const all = isList(members) ? members : [];
  const near = nearMisses(stringsOf(members)).length > 0 ? ["near"] : [];
  return [...all.map((_, index) => `member ${index}`), "broken", ...near];
}

function enumSeen(members: Json, value: Json, isKept: boolean): string[] {
  const all = isList(members) ? members : [];
  if (isKept) return [`member ${all.indexOf(value)}`];
  return typeof value === "string" && nearMisses(stringsOf(members)).includes(value)
    ? ["broken", "near"]
    : ["broken"];
}

function lengthOf(value: Json): number | null {
  return typeof value === "string" ? codePoints(value).length : null;
}

function numberOf(value: Json): number | null {
  return typeof value === "number" ? value : null;
}

function itemsOf(value: Json): number | null {
  return isList(value) ? value.length : null;
}
