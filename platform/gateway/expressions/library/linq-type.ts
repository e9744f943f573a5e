import { defineType } from "../types/type-definition.ts";
import { LINQ_AGGREGATES } from "./linq-aggregates.ts";
import { LINQ_CONVERSIONS } from "./linq-conversions.ts";
import { LINQ_ELEMENTS } from "./linq-elements.ts";
import { LINQ_SEQUENCES } from "./linq-sequences.ts";

/** `System.Linq.Enumerable`. */
export const ENUMERABLE_TYPE = defineType("static System.Linq.Enumerable", {
  statics: { ...LINQ_SEQUENCES, ...LINQ_ELEMENTS, ...LINQ_AGGREGATES, ...LINQ_CONVERSIONS },
});
