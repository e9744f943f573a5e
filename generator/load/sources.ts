import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { refuse, startOf, type Position } from "../finding.ts";
import type { JsonObject } from "./json.ts";
import { Locations } from "./locations.ts";
import { parseYaml } from "./parse-yaml.ts";

/** The files that are generated from, each read once. Names are relative to the repository, with forward slashes. */
export class Sources {
  readonly locations = new Locations();
  readonly #root: string;
  readonly #parsed = new Map<string, JsonObject>();

  /** @param root the repository's folder */
  constructor(root: string) {
    this.#root = root;
  }

  has(file: string): boolean {
    return existsSync(join(this.#root, file));
  }

  /**
   * The YAML document of a file.
   * @param from who asks for it, for the finding
   * @throws {ContractError} `load/missing`, or what is wrong in the file
   */
  yaml(file: string, from: Position = startOf(file)): JsonObject {
    const known = this.#parsed.get(file);
    if (known) return known;
    const value = parseYaml(file, this.text(file, from), this.locations);
    this.#parsed.set(file, value);
    return value;
  }

  /** @throws {ContractError} `load/missing` */
  text(file: string, from: Position = startOf(file)): string {
    if (!this.has(file)) refuse(from, "load/missing", `there is no file ${file}`);
    return readFileSync(join(this.#root, file), "utf8");
  }

  /** The files of a folder that end with `extension`, in the order of their names. */
  list(folder: string, extension: string): string[] {
    if (!this.has(folder)) return [];
    return readdirSync(join(this.#root, folder))
      .filter((name) => name.endsWith(extension))
      .sort()
      .map((name) => `${folder}/${name}`);
  }

  /** The names of a folder's folders, in order. */
  folders(folder: string): string[] {
    if (!this.has(folder)) return [];
    return readdirSync(join(this.#root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  }
}
