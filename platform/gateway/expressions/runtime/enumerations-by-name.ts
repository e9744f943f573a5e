import type { Enumeration } from "./enum-value.ts";
import * as enumerations from "./enumerations.ts";

/** The enumerations by name. */
export const ENUMERATIONS: ReadonlyMap<string, Enumeration> = new Map(
  Object.values(enumerations).map((enumeration) => [enumeration.name, enumeration]),
);
