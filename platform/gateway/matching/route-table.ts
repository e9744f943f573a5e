import type { MultiMap } from "../expressions/context.ts";
import type { UrlTemplate } from "./url-template.ts";

/** What a request matched. */
export interface Match<Target> {
  readonly target: Target;
  /** `context.Request.MatchedParameters`, decoded. */
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * The operations of one API as a tree of segments. More than one template may match a path: a literal goes before a parameter,
 * a parameter before a wildcard, compared from the left; then a template with query parameters before one without. A template
 * of another method never matches, so a path that only exists with other methods is not found.
 */
export class RouteTable<Target> {
  readonly #root = new Node<Target>();

  /** @throws TypeError when the same template is there already for the method */
  add(method: string, template: UrlTemplate, target: Target): void {
    let node = this.#root;
    const names: string[] = [];
    for (const segment of template.segments) {
      if (segment.kind === "rest") {
        node.addRest({ method, template, names: [...names, segment.name ?? ""], target });
        return;
      }
      if (segment.kind === "parameter") names.push(segment.name);
      node = segment.kind === "literal" ? node.literal(segment.text) : node.parameter();
    }
    node.add({ method, template, names, target });
  }

  /**
   * @param segments decoded segments behind the API's path, without an empty last one
   * @param query asked for only when a template names query parameters
   */
  match(method: string, segments: readonly string[], query: () => MultiMap): Match<Target> | null {
    return this.#root.match(0, { method, segments, query, values: [] });
  }
}

interface Leaf<Target> {
  readonly method: string;
  readonly template: UrlTemplate;
  /** Names of the path's parameters, in order. */
  readonly names: readonly string[];
  readonly target: Target;
}

interface Search {
  readonly method: string;
  readonly segments: readonly string[];
  readonly query: () => MultiMap;
  /** Segments taken by parameters so far. */
  readonly values: string[];
}

class Node<Target> {
  readonly #literals = new Map<string, Node<Target>>();
  #parameter: Node<Target> | null = null;
  readonly #leaves: Leaf<Target>[] = [];
  readonly #rests: Leaf<Target>[] = [];

  literal(text: string): Node<Target> {
    let node = this.#literals.get(text);
    if (node === undefined) this.#literals.set(text, (node = new Node()));
    return node;
  }

  parameter(): Node<Target> {
    return (this.#parameter ??= new Node());
  }

  add(leaf: Leaf<Target>): void {
    insert(this.#leaves, leaf);
  }

  addRest(leaf: Leaf<Target>): void {
    insert(this.#rests, leaf);
  }

  match(depth: number, search: Search): Match<Target> | null {
    const segment = search.segments[depth];
    if (segment === undefined) return matchLeaf(this.#leaves, search);
    const literal = this.#literals.get(segment)?.match(depth + 1, search);
    if (literal) return literal;
    return this.#matchParameter(segment, depth, search) ?? this.#matchRest(depth, search);
  }

  #matchParameter(segment: string, depth: number, search: Search): Match<Target> | null {
    if (this.#parameter === null || segment === "") return null;
    search.values.push(segment);
    const match = this.#parameter.match(depth + 1, search);
    search.values.pop();
    return match;
  }

  #matchRest(depth: number, search: Search): Match<Target> | null {
    if (this.#rests.length === 0) return null;
    search.values.push(search.segments.slice(depth).join("/"));
    const match = matchLeaf(this.#rests, search);
    search.values.pop();
    return match;
  }
}

function insert<Target>(leaves: Leaf<Target>[], leaf: Leaf<Target>): void {
  const signature = (other: Leaf<Target>): string =>
    [other.method, ...other.template.query.map(({ parameter }) => parameter).sort()].join("&");
  if (leaves.some((other) => signature(other) === signature(leaf)))
    throw new TypeError("the method and template of another operation");
  leaves.push(leaf);
  leaves.sort((one, other) => other.template.query.length - one.template.query.length);
}

function matchLeaf<Target>(leaves: readonly Leaf<Target>[], search: Search): Match<Target> | null {
  for (const leaf of leaves) {
    if (leaf.method !== search.method) continue;
    if (leaf.template.query.every(({ parameter }) => search.query().has(parameter)))
      return toMatch(leaf, search);
  }
  return null;
}

function toMatch<Target>(leaf: Leaf<Target>, search: Search): Match<Target> {
  const parameters = new Map<string, string>();
  leaf.names.forEach((name, index) => name !== "" && parameters.set(name, search.values[index] ?? ""));
  for (const { parameter, name } of leaf.template.query)
    parameters.set(name, search.query().get(parameter)?.[0] ?? "");
  return { target: leaf.target, parameters };
}
