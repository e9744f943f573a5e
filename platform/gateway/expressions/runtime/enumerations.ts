import { Enumeration } from "./enum-value.ts";

export const STRING_COMPARISON = new Enumeration("System.StringComparison", {
  CurrentCulture: 0,
  CurrentCultureIgnoreCase: 1,
  InvariantCulture: 2,
  InvariantCultureIgnoreCase: 3,
  Ordinal: 4,
  OrdinalIgnoreCase: 5,
});
export const STRING_SPLIT_OPTIONS = new Enumeration("System.StringSplitOptions", {
  None: 0,
  RemoveEmptyEntries: 1,
});
export const MIDPOINT_ROUNDING = new Enumeration("System.MidpointRounding", { ToEven: 0, AwayFromZero: 1 });
export const DATE_TIME_KIND = new Enumeration("System.DateTimeKind", { Unspecified: 0, Utc: 1, Local: 2 });
export const DAY_OF_WEEK = new Enumeration("System.DayOfWeek", {
  Sunday: 0,
  Monday: 1,
  Tuesday: 2,
  Wednesday: 3,
  Thursday: 4,
  Friday: 5,
  Saturday: 6,
});
export const URI_PARTIAL = new Enumeration("System.UriPartial", {
  Scheme: 0,
  Authority: 1,
  Path: 2,
  Query: 3,
});
export const URI_KIND = new Enumeration("System.UriKind", {
  RelativeOrAbsolute: 0,
  Absolute: 1,
  Relative: 2,
});
export const REGEX_OPTIONS = new Enumeration("System.Text.RegularExpressions.RegexOptions", {
  None: 0,
  IgnoreCase: 1,
  Multiline: 2,
  ExplicitCapture: 4,
  Compiled: 8,
  Singleline: 16,
  IgnorePatternWhitespace: 32,
  ECMAScript: 256,
  CultureInvariant: 512,
});
export const FORMATTING = new Enumeration("Newtonsoft.Json.Formatting", { None: 0, Indented: 1 });
export const J_TOKEN_TYPE = new Enumeration("Newtonsoft.Json.Linq.JTokenType", {
  None: 0,
  Object: 1,
  Array: 2,
  Constructor: 3,
  Property: 4,
  Comment: 5,
  Integer: 6,
  Float: 7,
  String: 8,
  Boolean: 9,
  Null: 10,
  Undefined: 11,
  Date: 12,
  Raw: 13,
  Bytes: 14,
  Guid: 15,
  Uri: 16,
  TimeSpan: 17,
});
