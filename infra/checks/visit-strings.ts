import { remember } from "./remember.ts";

/** Calls `visit` with each string in a value and its path, such as `site_config.ip_restriction.0.name`. */
export function visitStrings(value: unknown, visit: (text: string, path: string) => void): void {
  if (typeof value === "string") visit(value, "");
  else if (typeof value === "object" && value !== null)
    for (const { text, path } of stringsOf(value)) visit(text, path);
}

interface Found {
  readonly text: string;
  readonly path: string;
}

const stringsOf = remember((value: object): readonly Found[] => collect(value, ""));

function collect(value: unknown, path: string): Found[] {
  if (typeof value === "string") return [{ text: value, path }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    // The synthesis's notes to itself, which Terraform does not read.
    if (key === "//") return [];
    return collect(inner, path === "" ? key : `${path}.${key}`);
  });
}
