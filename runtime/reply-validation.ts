import type { OperationDefinition } from "./operation.ts";
import { problem } from "./problem/problem.ts";
import type { Reply } from "./reply.ts";
import type { Log } from "./telemetry/log.ts";

/** What happens to an answer that breaks the contract: it fails the request, or it is only logged. */
export type ReplyValidation = "refuse" | "log";

/**
 * Holds a handler's answer against the contract: a status that the operation does not declare, or headers or a body that
 * break their schemas.
 * @throws {Problem} `internal-error` when such answers are refused
 */
export function checkReply(
  reply: Reply,
  operation: OperationDefinition,
  validation: ReplyValidation,
  log: Log,
): void {
  const fault = findFault(reply, operation);
  if (fault === null) return;
  log("error", "reply-breaks-contract", {
    operationId: operation.operationId,
    status: reply.status,
    rule: fault,
  });
  if (validation === "refuse") throw problem("internal-error");
}

/** The schema rule that is broken, a path within the contract; never a value. */
function findFault(reply: Reply, { responses }: OperationDefinition): string | null {
  const definition = responses[String(reply.status)];
  if (!definition) return "undeclared-status";
  const { headers = {}, body } = reply;
  const valid = definition.validate(body === undefined ? { headers } : { headers, body });
  return valid ? null : (definition.validate.errors?.[0]?.schemaPath ?? "unknown");
}
