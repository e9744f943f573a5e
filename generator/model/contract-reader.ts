import type { Findings, Position } from "../finding.ts";
import { isObject, type Json, type JsonObject } from "../load/json.ts";
import type { Locations } from "../load/locations.ts";

/** A bundled document together with where its parts came from and where findings about it go. */
export class ContractReader {
  readonly document: JsonObject;
  readonly locations: Locations;
  readonly findings: Findings;

  constructor(document: JsonObject, locations: Locations, findings: Findings) {
    this.document = document;
    this.locations = locations;
    this.findings = findings;
  }

  /** The object itself, or the component that it refers to. The bundle has no reference that leads nowhere. */
  deref(node: Json | undefined): JsonObject {
    return dereference(this.document, node);
  }

  /** The place of a node; that of the document for something that is not there at all. */
  at(node: object, member?: string | number): Position {
    return this.locations.find(node, member) ?? this.locations.at(this.document);
  }

  report(node: object, member: string | undefined, rule: string, message: string): void {
    this.findings.report(this.at(node, member), rule, message);
  }
}

/** Follows references to components until there is none. A cycle of references is refused when a contract is loaded. */
export function dereference(document: JsonObject, node: Json | undefined): JsonObject {
  let current = node;
  for (let hops = 0; isObject(current) && typeof current.$ref === "string" && hops < 100; hops++) {
    current = componentAt(document, current.$ref);
  }
  return isObject(current) ? current : {};
}

function componentAt(document: JsonObject, ref: string): Json | undefined {
  const [, , section = "", name = ""] = ref.split("/");
  const components = document.components;
  const found = isObject(components) ? components[section] : undefined;
  return isObject(found) ? found[name] : undefined;
}
