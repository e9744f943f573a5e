import { posix } from "node:path";
import { Findings, type Position } from "../finding.ts";
import { EXTENSIONS, GRAMMAR, SECTIONS, type Kind } from "./grammar.ts";
import { isList, isObject, objectAt, without, type Json, type JsonObject } from "./json.ts";
import type { Sources } from "./sources.ts";

/** An API's contract as one document: every `$ref` names one of its own components. */
export interface Bundle {
  readonly document: JsonObject;
  /** The files it came from, its own first. */
  readonly files: readonly string[];
}

/**
 * Joins a contract and what it refers to in other files of `openapi/` into one document. What comes from outside becomes
 * a component under its own name; locations stay those of the sources.
 * @param also references that the document shall hold although nothing in it names them
 * @throws {ContractError} naming every reference that leads nowhere, every cycle and every unknown extension
 */
export function bundle(
  file: string,
  sources: Sources,
  also: readonly { ref: string; kind: Kind }[] = [],
): Bundle {
  return new Bundler(file, sources).run(also);
}

interface Target {
  readonly file: string;
  readonly pointer: string;
  readonly node: JsonObject;
}

class Bundler {
  readonly #file: string;
  readonly #sources: Sources;
  readonly #findings = new Findings();
  readonly #missingFiles = new Set<string>();
  /** Components that only lead to one another: each circle is one fault, wherever it is entered. */
  readonly #circles = new Set<string>();
  readonly #files = new Set<string>();
  /** `file#/pointer` → the component's name, for everything that was lifted or is being lifted. */
  readonly #names = new Map<string, string>();
  readonly #components = new Map<string, Map<string, Json>>();

  constructor(file: string, sources: Sources) {
    this.#file = file;
    this.#sources = sources;
    this.#files.add(file);
  }

  run(also: readonly { ref: string; kind: Kind }[]): Bundle {
    const root = this.#sources.yaml(this.#file);
    const components = objectAt(root, "components");
    this.#nameOwnComponents(components);
    const rest = without(root, "components");
    this.#sources.locations.carry(root, rest);
    const copy = this.#visit(rest, "document", this.#file);
    this.#visitOwnComponents(components);
    for (const { ref, kind } of also)
      this.#lift({ $ref: ref }, kind, this.#file, { file: this.#file, line: 1, column: 1 });
    this.#findings.throwIfAny();
    const document = { ...(isObject(copy) ? copy : {}), components: this.#sortedComponents() };
    this.#sources.locations.carry(root, document);
    return { document, files: [...this.#files] };
  }

  /** Before anything is visited, so that a component that only forwards to another file gives it its name. */
  #nameOwnComponents(components: JsonObject): void {
    this.#eachComponent(components, (name, node, kind, section) => {
      const pointer = `/components/${section}/${name}`;
      this.#names.set(`${this.#file}#${pointer}`, name);
      this.#section(kind).set(name, null);
      const target = this.#follow({ file: this.#file, pointer, node });
      const forwards = target !== undefined && target.file !== this.#file;
      if (forwards) this.#names.set(`${target.file}#${target.pointer}`, name);
    });
  }

  #visitOwnComponents(components: JsonObject): void {
    this.#eachComponent(components, (name, node, kind, section) => {
      const target = this.#follow({ file: this.#file, pointer: `/components/${section}/${name}`, node });
      if (target) this.#section(kind).set(name, this.#visit(target.node, kind, target.file));
    });
  }

  #eachComponent(
    components: JsonObject,
    use: (name: string, node: JsonObject, kind: Kind, section: string) => void,
  ): void {
    for (const [section, { kind }] of Object.entries(GRAMMAR.components)) {
      for (const [name, node] of Object.entries(objectAt(components, section))) {
        if (isObject(node)) use(name, node, kind, section);
      }
    }
  }

  #visit(node: Json, kind: Kind, file: string): Json {
    if (!isObject(node)) return node;
    this.#refuseUnknownExtensions(node, kind);
    const entries = Object.entries(node).map(([key, value]): [string, Json] => {
      if (key === "$ref") return [key, this.#visitReference(node, kind, file)];
      const member = GRAMMAR[kind][key];
      if (!member) return [key, value];
      if (member.many === "map") return [key, this.#visitMap(value, member.kind, file)];
      if (member.many === "list") return [key, this.#visitList(value, member.kind, file)];
      return [key, this.#visit(value, member.kind, file)];
    });
    const copy: JsonObject = Object.fromEntries(entries);
    this.#sources.locations.carry(node, copy);
    return copy;
  }

  #visitMap(value: Json, kind: Kind, file: string): Json {
    if (!isObject(value)) return value;
    const copy: JsonObject = Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, this.#visit(item, kind, file)]),
    );
    this.#sources.locations.carry(value, copy);
    return copy;
  }

  #visitList(value: Json, kind: Kind, file: string): Json {
    if (!isList(value)) return value;
    const copy = value.map((item) => this.#visit(item, kind, file));
    this.#sources.locations.carry(value, copy);
    return copy;
  }

  #visitReference(node: JsonObject, kind: Kind, file: string): string {
    return this.#lift(node, kind, file, this.#sources.locations.at(node, "$ref")) ?? "#";
  }

  /** Makes the target of a reference a component of the bundle, once, and says how it is called there. */
  #lift(node: JsonObject, kind: Kind, file: string, at: Position): string | undefined {
    const section = SECTIONS[kind];
    if (section === undefined) {
      this.#findings.report(at, "ref/place", `a ${kind} cannot be a reference here`);
      return undefined;
    }
    const first = this.#resolve(node.$ref, file, at);
    const target = first && this.#follow(first);
    if (!target || !this.#isComponent(target, section, at)) return undefined;
    const name = this.#names.get(`${target.file}#${target.pointer}`) ?? this.#add(target, kind, at);
    return `#/components/${section}/${name}`;
  }

  #add(target: Target, kind: Kind, at: Position): string {
    const name = target.pointer.slice(target.pointer.lastIndexOf("/") + 1);
    const section = this.#section(kind);
    if (section.has(name)) {
      this.#findings.report(
        at,
        "ref/name-taken",
        `the name ${name} is taken by another ${kind} of this document`,
      );
      return name;
    }
    this.#names.set(`${target.file}#${target.pointer}`, name);
    section.set(name, null);
    section.set(name, this.#visit(target.node, kind, target.file));
    return name;
  }

  #isComponent(target: Target, section: string, at: Position): boolean {
    const own = target.file === this.#file;
    const expected = own ? `/components/${section}/` : "/";
    const rest = target.pointer.startsWith(expected) ? target.pointer.slice(expected.length) : "";
    const fits = rest !== "" && (own ? !rest.includes("/") : true);
    if (!fits) {
      const place = own ? `#/components/${section}/<name>` : "<file>#/<name>";
      this.#findings.report(at, "ref/component", `a reference names a component, ${place}`);
    }
    return fits;
  }

  /** Where a reference ends when its target is itself nothing but a reference. */
  #follow(start: Target): Target | undefined {
    const seen = new Set<string>();
    let target = start;
    while (typeof target.node.$ref === "string" && Object.keys(target.node).length === 1) {
      const at = this.#sources.locations.at(target.node, "$ref");
      const key = `${target.file}#${target.pointer}`;
      if (this.#circles.has(key)) return undefined;
      if (seen.has(key)) {
        this.#findings.report(at, "ref/cycle", `${target.node.$ref} leads back to itself`);
        for (const one of seen) this.#circles.add(one);
        return undefined;
      }
      seen.add(key);
      const next = this.#resolve(target.node.$ref, target.file, at);
      if (!next) return undefined;
      target = next;
    }
    return target;
  }

  #resolve(ref: Json | undefined, file: string, at: Position): Target | undefined {
    if (typeof ref !== "string" || !ref.includes("#/")) {
      this.#findings.report(
        at,
        "ref/form",
        "a reference has the form <file>#/<name> or #/components/<section>/<name>",
      );
      return undefined;
    }
    const [path = "", pointer = ""] = ref.split("#", 2);
    const targetFile = path === "" ? file : posix.join(posix.dirname(file), path);
    if (/^[a-z]+:/i.test(path) || !targetFile.startsWith("openapi/") || !this.#sources.has(targetFile)) {
      // Whatever refers to it is in the same trouble: the first place is enough.
      if (!this.#missingFiles.has(targetFile)) {
        this.#findings.report(at, "ref/unknown", `there is no file ${path} in openapi/`);
      }
      this.#missingFiles.add(targetFile);
      return undefined;
    }
    const root = this.#findings.gather(() => this.#sources.yaml(targetFile));
    if (!root) return undefined;
    const node = nodeAt(root, pointer);
    if (!isObject(node)) {
      this.#findings.report(at, "ref/unknown", `${targetFile} has no ${pointer}`);
      return undefined;
    }
    this.#files.add(targetFile);
    return { file: targetFile, pointer, node };
  }

  #refuseUnknownExtensions(node: JsonObject, kind: Kind): void {
    for (const key of Object.keys(node)) {
      if (!key.startsWith("x-") || EXTENSIONS[kind]?.includes(key)) continue;
      const known = EXTENSIONS[kind]?.join(", ") ?? "none";
      this.#findings.report(
        this.#sources.locations.at(node, key),
        "contract/unknown-extension",
        `${key} means nothing here; known in a ${kind}: ${known}`,
      );
    }
  }

  #section(kind: Kind): Map<string, Json> {
    const name = SECTIONS[kind] ?? kind;
    const known = this.#components.get(name);
    if (known) return known;
    const section = new Map<string, Json>();
    this.#components.set(name, section);
    return section;
  }

  #sortedComponents(): JsonObject {
    const sections = Object.keys(GRAMMAR.components).flatMap((section): [string, JsonObject][] => {
      const entries = [...(this.#components.get(section) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
      return entries.length === 0 ? [] : [[section, Object.fromEntries(entries)]];
    });
    return Object.fromEntries(sections);
  }
}

/** The value at a JSON pointer (RFC 6901), own members only. */
function nodeAt(root: JsonObject, pointer: string): Json | undefined {
  let node: Json | undefined = root;
  for (const segment of pointer.split("/").slice(1)) {
    const key = segment.replaceAll("~1", "/").replaceAll("~0", "~");
    if (!isObject(node) || !Object.hasOwn(node, key)) return undefined;
    node = node[key];
  }
  return node;
}
