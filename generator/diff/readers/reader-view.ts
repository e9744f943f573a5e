import { isList, isObject, listAt, objectAt, without, type Json } from "../../load/json.ts";
import type { ApiModel } from "../../model/model.ts";

/** Lists whose order says nothing to anybody. */
const SETS: ReadonlySet<string> = new Set([
  "allOf",
  "anyOf",
  "enum",
  "oneOf",
  "parameters",
  "required",
  "security",
  "tags",
  "type",
]);

/** What is judged by what the gateway makes of it, or not at all. */
export const UNSEEN: ReadonlySet<string> = new Set(["x-apim-policies", "x-apim-products", "x-internal"]);

/**
 * The published contract as a text that is equal for contracts in which no reader can see a difference, whatever the order and
 * the files that they are written in: the public operations and what they lead to, without the version.
 */
export function readerView({ document, operations }: ApiModel): string {
  const components = new Map<string, string>();
  const write = (value: Json, key = ""): string => {
    if (isList(value)) {
      const items = value.map((item) => write(item));
      return `[${(SETS.has(key) ? items.sort() : items).join(",")}]`;
    }
    if (!isObject(value)) return JSON.stringify(value);
    if (typeof value.$ref === "string") visit(value.$ref);
    const names = Object.keys(value).filter((name) => !UNSEEN.has(name));
    return `{${names
      .sort()
      .map((name) => `${JSON.stringify(name)}:${write(value[name] ?? null, name)}`)
      .join(",")}}`;
  };
  const visit = (ref: string): void => {
    if (components.has(ref)) return;
    components.set(ref, "");
    const [, , section = "", name = ""] = ref.split("/");
    components.set(ref, write(objectAt(objectAt(document, "components"), section)[name] ?? null));
  };
  const rest = ["components", "paths", "info"].reduce(without, document);
  const info = without(objectAt(document, "info"), "version");
  const paths = operations
    .filter(({ internal }) => !internal)
    .map(({ path, method, node }) => {
      const item = objectAt(objectAt(document, "paths"), path);
      return `${method} ${path} ${write(listAt(item, "parameters"), "parameters")} ${write(node)}`;
    });
  const schemes = write(objectAt(objectAt(document, "components"), "securitySchemes"));
  const parts = [write(rest), write(info), ...paths.sort(), schemes];
  return [...parts, ...[...components].map((entry) => entry.join(" ")).sort()].join("\n");
}
