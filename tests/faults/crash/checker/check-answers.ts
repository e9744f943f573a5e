import type { Exchange } from "../client/history.ts";
import { isWrite } from "./check-writes.ts";
import type { Finding } from "./finding.ts";
import type { RegisterView } from "./register-view.ts";

/**
 * Every answer of which the client has seen a byte was recorded before: a read with the ids that it disclosed, a refusal with
 * its status. Of a failure of the platform (5xx) there may be no more than an intent.
 */
export function* checkAnswers(exchanges: readonly Exchange[], register: RegisterView): Generator<Finding> {
  for (const exchange of exchanges) {
    const { answered, trial, n, operation } = exchange;
    if (!answered || answered.status >= 500) continue;
    const isRefusal = answered.status >= 400;
    if (!isRefusal && isWrite(exchange)) continue;
    const message = isRefusal ? refusalFault(exchange, register) : disclosureFault(exchange, register);
    if (message !== undefined)
      yield {
        rule: isRefusal ? "refusal-without-record" : "disclosed-without-record",
        trial,
        message: `request ${n}, ${operation}, answered ${answered.status}: ${message}`,
      };
  }
}

function disclosureFault(exchange: Exchange, register: RegisterView): string | undefined {
  const [access] = register.ofRequest(exchange);
  if (!access?.intent) return "there is no intent";
  const { outcome } = access.outcome ?? {};
  if (outcome?.code !== 0) return `the outcome is ${outcome?.code ?? "missing"}`;
  const named = new Set(outcome.resources?.map(({ id }) => id));
  const unnamed = exchange.answered?.ids.filter((id) => !named.has(id)) ?? [];
  return unnamed.length > 0 ? `the outcome does not name ${unnamed.join(", ")}` : undefined;
}

function refusalFault(exchange: Exchange, register: RegisterView): string | undefined {
  const [access] = register.ofRequest(exchange);
  const record = access?.closed ?? access?.outcome;
  if (record?.outcome?.status === exchange.answered?.status) return undefined;
  return `the register tells of status ${record?.outcome?.status ?? "none"}`;
}
