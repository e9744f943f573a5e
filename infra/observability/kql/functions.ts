/** Words that stand between values. Source: https://learn.microsoft.com/kusto/query/scalar-operators */
export const WORDS: ReadonlySet<string> = new Set([
  ...["and", "or", "between", "in", "has", "has_any", "contains", "startswith", "endswith"],
  ...["true", "false", "null"],
]);

/** Functions of one row. Source: https://learn.microsoft.com/kusto/query/scalar-functions */
export const FUNCTIONS: ReadonlySet<string> = new Set([
  ...["tostring", "toint", "tolong", "toreal", "todouble", "tobool", "int", "long", "real"],
  ...[
    "parse_json",
    "strcat",
    "iff",
    "case",
    "coalesce",
    "round",
    "not",
    "bin",
    "ago",
    "now",
    "column_ifexists",
  ],
  ...["isempty", "isnotempty", "isnull", "isnotnull", "strlen", "split", "extract"],
]);

/** Functions of many rows. Source: https://learn.microsoft.com/kusto/query/aggregation-functions */
export const AGGREGATES: ReadonlySet<string> = new Set([
  ...["count", "countif", "sum", "sumif", "avg", "avgif", "min", "minif", "max", "maxif", "dcount"],
  ...["percentile", "percentilew", "arg_max", "arg_min", "take_any", "make_set"],
]);
