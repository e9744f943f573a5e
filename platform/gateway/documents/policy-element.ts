/** An element of a policy document, as written. Names are kept as they stand; nothing has been checked yet. */
export interface PolicyElement {
  readonly name: string;
  /** 1-based line of the opening `<`. */
  readonly line: number;
  readonly attributes: ReadonlyMap<string, PolicyText>;
  readonly children: readonly PolicyElement[];
  /** Text beside the children, null when there is none but white space. */
  readonly text: PolicyText | null;
}

/** A value of a document: either wholly a literal or wholly an expression (`@(…)` or `@{…}`). */
export interface PolicyText {
  /** Decoded literal, or the source of the expression with its `@(` … `)`. */
  readonly value: string;
  readonly expression: boolean;
  /** 1-based line of the first character. */
  readonly line: number;
}
