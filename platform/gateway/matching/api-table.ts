/**
 * Finds the API that a path belongs to: of several whose path is a beginning of it, the longest.
 *
 * Source: Microsoft Learn, "Add an API manually", "API URL suffix".
 */
export class ApiTable<Api> {
  readonly #root: ApiNode<Api> = { children: new Map(), api: null };

  /** @param path segments of the API's path; empty for the one API without any. @throws TypeError when another API has it */
  add(path: readonly string[], api: Api): void {
    let node = this.#root;
    for (const segment of path) {
      let next = node.children.get(segment);
      if (next === undefined) node.children.set(segment, (next = { children: new Map(), api: null }));
      node = next;
    }
    if (node.api !== null) throw new TypeError("the path of another API");
    node.api = api;
  }

  find(segments: readonly string[]): Api | null {
    let node: ApiNode<Api> | undefined = this.#root;
    let found = node.api;
    for (const segment of segments) {
      node = node.children.get(segment);
      if (node === undefined) return found;
      found = node.api ?? found;
    }
    return found;
  }
}

interface ApiNode<Api> {
  readonly children: Map<string, ApiNode<Api>>;
  api: Api | null;
}
