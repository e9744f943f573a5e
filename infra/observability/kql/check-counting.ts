import { tokensOf } from "./tokens.ts";

/** Tables of which a share is kept where traces are sampled. */
const SAMPLED = ["AppRequests", "AppDependencies"];
/** What takes a row for one; `percentilew` and the sums of `ItemCount` do not. */
const UNWEIGHED = ["count", "countif", "avg", "avgif", "percentile", "dcount"];

/** Where rows of a sample are counted as if they were all there are. */
export function checkCounting(query: string): string[] {
  const tokens = tokensOf(query);
  if (!tokens.some(({ kind, value }) => kind === "name" && SAMPLED.includes(value))) return [];
  return tokens.flatMap(({ kind, value, line }, at) => {
    if (kind !== "name" || tokens[at + 1]?.value !== "(") return [];
    return UNWEIGHED.includes(value)
      ? [`line ${line}: ${value} counts rows, of which each may stand for several`]
      : [];
  });
}
