/** A string of Terraform's JSON syntax: text with expressions in it. */
export type Template = readonly TemplatePart[];

export type TemplatePart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "expression"; readonly expression: Expression };

/** What may stand between `${` and `}`, as far as the synthesis writes it. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "template"; readonly template: Template }
  /** A name: the beginning of `azurerm_subnet.app.id`, or all of `path`. */
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "attribute"; readonly of: Expression; readonly name: string }
  | { readonly kind: "index"; readonly of: Expression; readonly at: Expression }
  /** `of[*]` or `of.*`. */
  | { readonly kind: "splat"; readonly of: Expression }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: "operation"; readonly operator: string; readonly operands: readonly Expression[] };

/** The expressions directly in an expression. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "literal":
    case "name":
      return [];
    case "template":
      return expressionsIn(expression.template);
    case "attribute":
    case "splat":
      return [expression.of];
    case "index":
      return [expression.of, expression.at];
    case "call":
      return expression.arguments;
    case "list":
      return expression.items;
    case "object":
      return expression.entries.flat();
    case "operation":
      return expression.operands;
  }
}

/** The expressions directly in a template. */
export function expressionsIn(template: Template): Expression[] {
  return template.flatMap((part) => (part.kind === "expression" ? [part.expression] : []));
}
