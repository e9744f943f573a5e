import type { PolicyElement } from "../documents/policy-element.ts";
import { runStatements } from "../pipeline/run-statements.ts";
import type { Statement } from "../pipeline/statement.ts";
import { allSections } from "./all-sections.ts";
import type { Value } from "../compiler/compile-value.ts";
import type { Policy } from "../compiler/policy.ts";
import type { PolicyCompiler } from "../compiler/policy-compiler.ts";

/**
 * Runs the first `when` whose condition is true, or `otherwise`. Later conditions are not evaluated.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - choose".
 */
export const choose: Policy = {
  name: "choose",
  sections: allSections,
  children: {
    when: { min: 1, attributes: { condition: { required: true } }, holdsPolicies: true },
    otherwise: { max: 1, holdsPolicies: true },
  },
  compile(element, compiler) {
    const branches = element.children.map((child, index) => compileBranch(child, index, element, compiler));
    return (exchange) => {
      const chosen = branches.find(({ condition }) => condition(exchange));
      if (chosen) return runStatements(chosen.statements, exchange);
    };
  },
};

interface Branch {
  readonly condition: Value<boolean>;
  readonly statements: readonly Statement[];
}

function compileBranch(
  child: PolicyElement,
  index: number,
  choose: PolicyElement,
  compiler: PolicyCompiler,
): Branch {
  if (child.name === "when") {
    return {
      condition: compiler.boolean(child, "condition"),
      statements: compiler.nested(child, `when[${index + 1}]`),
    };
  }
  if (index !== choose.children.length - 1)
    compiler.fail(child.line, "<otherwise> stands before a <when>; expected it last");
  return { condition: () => true, statements: compiler.nested(child, "otherwise") };
}
