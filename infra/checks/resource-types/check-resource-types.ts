import type { CheckContext } from "../check-context.ts";
import type { StackFinding } from "../stack-finding.ts";
import type { Block } from "../stack-index.ts";
import { remember } from "../remember.ts";
import { valuesAt } from "../values-at.ts";
import { RESOURCE_TYPES } from "./resource-types.ts";
import type { Expected, NameRule, TypeRules } from "./type-rules.ts";

/** Attributes of Terraform's own, and those with which every resource may be explained. */
const EVERYWHERE = new Set(["depends_on", "lifecycle", "provider", "tags", "timeouts"]);

/** That every resource keeps the rules of its type: switches, values and name. */
export function checkResourceTypes(
  context: CheckContext,
  rules: Readonly<Record<string, TypeRules>> = RESOURCE_TYPES,
): StackFinding[] {
  const resources = context.index.blocks.filter(({ mode }) => mode === "resource");
  return resources.flatMap((block) => {
    const own = rules[block.type];
    if (!own)
      return [
        at(block, "switches", `nothing says what is safe for ${block.type}: add it to resource-types/`),
      ];
    const switches = own.switches === "none" ? {} : own.switches;
    return [
      ...requiredFindings(context, block, "switches", switches),
      ...requiredFindings(context, block, "values", own.values ?? {}),
      ...optionalFindings(context, block, own.optional ?? {}),
      ...unjudgedFindings(block, own),
      ...(own.name ? nameFindings(context, block, own.name) : []),
    ];
  });
}

type Kind = "switches" | "values" | "names";

function requiredFindings(
  context: CheckContext,
  block: Block,
  kind: Kind,
  rules: Readonly<Record<string, Expected>>,
): StackFinding[] {
  return Object.entries(rules).flatMap(([path, expected]) => {
    const given = valuesAt(block.body, path.split("."));
    const wrong =
      given.length === 0 ? [undefined] : given.filter((one) => !fits(context, block, one, expected));
    return wrong.map((one) =>
      at(block, kind, `${path} is ${shown(one)}, expected ${described(context, expected)}`),
    );
  });
}

function optionalFindings(
  context: CheckContext,
  block: Block,
  rules: Readonly<Record<string, Expected>>,
): StackFinding[] {
  return Object.entries(rules).flatMap(([path, expected]) =>
    valuesAt(block.body, path.split("."))
      .filter((one) => one !== undefined && !fits(context, block, one, expected))
      .map((one) =>
        at(block, "values", `${path} is ${shown(one)}, expected ${described(context, expected)} or nothing`),
      ),
  );
}

/** What is set and no rule speaks of. */
function unjudgedFindings(block: Block, rules: TypeRules): StackFinding[] {
  const judged = judgedBy(rules);
  return leavesOfBlock(block.body)
    .filter((path) => !EVERYWHERE.has(path.split(".")[0] ?? ""))
    .filter((path) => !judged.some((one) => path === one || path.startsWith(`${one}.`)))
    .map((path) => at(block, "values", `${path} is set, but no rule of ${block.type} speaks of it`));
}

const judgedBy = remember((rules: TypeRules): readonly string[] => [
  ...Object.keys(rules.switches === "none" ? {} : rules.switches),
  ...Object.keys(rules.values ?? {}),
  ...Object.keys(rules.optional ?? {}),
  ...Object.keys(rules.free ?? {}),
  ...(rules.name ? [rules.name.attribute] : []),
]);

function nameFindings({ index }: CheckContext, block: Block, rule: NameRule): StackFinding[] {
  const { attribute, min, max, pattern, within } = rule;
  const textOf = (one: Block, name: string) => index.text(one.stack, one.body[name]);
  const name = textOf(block, attribute);
  if (name === undefined) return [at(block, "names", `${attribute} is missing`)];
  const wrong =
    name.length < min || name.length > max
      ? `has ${name.length} characters, expected ${min} to ${max}`
      : !pattern.test(name) && `does not match ${pattern.source}`;
  const key = (one: Block) =>
    [attribute, ...within]
      .map((part) => textOf(one, part))
      .join("\n")
      .toLowerCase();
  const own = key(block);
  const twin = index.resources(block.type).find((one) => one !== block && key(one) === own);
  return [
    ...(wrong ? [at(block, "names", `${attribute} "${name}" ${wrong}`)] : []),
    ...(twin ? [at(block, "names", `${attribute} "${name}" is that of ${twin.address} too`)] : []),
  ];
}

const leavesOfBlock = remember((body: Block["body"]) => leavesOf(body));

/** The paths that are set, without indexes. */
function leavesOf(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((one) => leavesOf(one, path)))];
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([name, one]) =>
    leavesOf(one, path === "" ? name : `${path}.${name}`),
  );
}

function fits(context: CheckContext, block: Block, given: unknown, expected: Expected): boolean {
  const { index } = context;
  if (typeof expected === "function") return fits(context, block, given, expected(context));
  if (typeof expected === "object" && "all" in expected)
    return JSON.stringify(given) === JSON.stringify(expected.all);
  if (Array.isArray(given))
    return given.length > 0 && given.every((one) => fits(context, block, one, expected));
  if (Array.isArray(expected))
    return (expected as readonly Expected[]).some((one) => fits(context, block, given, one));
  if (expected instanceof RegExp) {
    const text = index.text(block.stack, given);
    return text !== undefined && expected.test(text);
  }
  if (typeof expected !== "object") return index.value(block.stack, given) === expected;
  if ("min" in expected) return typeof given === "number" && given >= expected.min && given <= expected.max;
  if (!("to" in expected)) return false;
  const target = index.target(block.stack, given);
  return target !== undefined && `${target.block.type}.${target.attribute}` === expected.to;
}

function described(context: CheckContext, expected: Expected): string {
  if (typeof expected === "function") return described(context, expected(context));
  if (Array.isArray(expected))
    return (expected as readonly Expected[]).map((one) => described(context, one)).join(" or ");
  if (expected instanceof RegExp) return `what matches ${expected.source}`;
  if (typeof expected !== "object") return JSON.stringify(expected);
  if ("all" in expected) return JSON.stringify(expected.all);
  if ("min" in expected) return `${expected.min} to ${expected.max}`;
  return "to" in expected ? `a reference to ${expected.to}` : "";
}

function shown(value: unknown): string {
  const text = value === undefined ? "missing" : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

function at({ stack, address }: Block, kind: Kind, message: string): StackFinding {
  return { check: `resource-types/${kind}`, stack, address, message };
}
