/** A URL template of an operation, taken apart. */
export interface UrlTemplate {
  readonly segments: readonly TemplateSegment[];
  /** Query parameters that the template names, and what they are called in `MatchedParameters`. */
  readonly query: readonly { readonly parameter: string; readonly name: string }[];
}

/** One segment: a literal, `{name}` for exactly one segment, or `{*name}` and `*` for the rest of the path. */
export type TemplateSegment =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "parameter"; readonly name: string }
  | { readonly kind: "rest"; readonly name: string | null };

/**
 * Reads a template such as `/{patientId}/tests?view={view}`.
 *
 * @throws TypeError saying what is wrong with it
 *
 * Source: Microsoft Learn, "Import and publish your first API", "Add and test an operation"; ARM `urlTemplate`.
 */
export function parseUrlTemplate(template: string): UrlTemplate {
  const mark = template.indexOf("?");
  const path = mark === -1 ? template : template.slice(0, mark);
  const segments = splitPath(path).map(parseSegment);
  const rest = segments.findIndex(({ kind }) => kind === "rest");
  if (rest !== -1 && rest !== segments.length - 1)
    throw new TypeError("a wildcard stands before the end of the template");
  return {
    segments,
    query:
      mark === -1
        ? []
        : template
            .slice(mark + 1)
            .split("&")
            .map(parseQueryPart),
  };
}

function splitPath(path: string): string[] {
  const trimmed = path.replace(/^\//, "").replace(/\/$/, "");
  return trimmed === "" ? [] : trimmed.split("/");
}

function parseSegment(text: string): TemplateSegment {
  const braces = /^\{(\*?)([^{}*]+)\}$/.exec(text);
  if (text === "*") return { kind: "rest", name: null };
  if (braces?.[2] === undefined) {
    if (/[{}*]/.test(text)) throw new TypeError(`"${text}" is neither a literal segment nor one parameter`);
    return { kind: "literal", text };
  }
  return braces[1] === "*" ? { kind: "rest", name: braces[2] } : { kind: "parameter", name: braces[2] };
}

function parseQueryPart(text: string): { parameter: string; name: string } {
  const parts = /^([^=]+)=\{([^{}]+)\}$/.exec(text);
  if (parts?.[1] === undefined || parts[2] === undefined)
    throw new TypeError(`"${text}" is no query parameter of a template`);
  return { parameter: parts[1], name: parts[2] };
}
