import { workbookName } from "../../observability/workbook/workbook.ts";
import type { CheckContext } from "../check-context.ts";
import type { StackFinding } from "../stack-finding.ts";

const TYPE = "azurerm_application_insights_workbook";

/** That operators have one workbook. What it shows is judged with its type. */
export function checkWorkbook({ index, environment }: CheckContext): StackFinding[] {
  const name = workbookName(environment);
  const own = index.resources(TYPE).filter(({ stack, body }) => index.text(stack, body.name) === name);
  if (own.length === 1) return [];
  const message = `there are ${own.length} workbooks with the name "${name}", expected one`;
  return [{ check: "invariants/workbook", stack: "gateway", address: TYPE, message }];
}
