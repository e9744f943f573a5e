import type { Exchange } from "../client/history.ts";
import type { Finding } from "./finding.ts";
import type { StoredDocument } from "./read-documents.ts";
import type { RegisterView } from "./register-view.ts";

/**
 * Every write that the client was told of is in the database, with that version or a later one, and in the register, with an
 * outcome 0 that names it.
 */
export function* checkWrites(
  exchanges: readonly Exchange[],
  documents: ReadonlyMap<string, StoredDocument>,
  register: RegisterView,
): Generator<Finding> {
  for (const exchange of exchanges) {
    const { answered, trial, operation } = exchange;
    if (!isWrite(exchange) || !answered || answered.status >= 300) continue;
    const message = faultOf(exchange, documents, register);
    if (message !== undefined)
      yield { rule: "write-lost", trial, message: `request ${exchange.n}, ${operation}: ${message}` };
  }
}

export function isWrite({ method, path }: Pick<Exchange, "method" | "path">): boolean {
  return method !== "GET" && !path.startsWith("/patient/search");
}

function faultOf(
  exchange: Exchange,
  documents: ReadonlyMap<string, StoredDocument>,
  register: RegisterView,
): string | undefined {
  const [access, ...more] = register.ofRequest(exchange);
  if (!access) return "the register has no access of this request";
  if (more.length > 0) return "the register has more than one access of this request";
  const { intent, outcome } = access;
  if (!intent || outcome?.outcome?.code !== 0)
    return `the register has ${intent ? "an intent" : "no intent"} and outcome ${outcome?.outcome?.code ?? "none"}`;
  const id = idOf(exchange, outcome.resource.id);
  if (id === undefined || outcome.resource.id !== id)
    return `the outcome names another resource than ${id ?? "?"}`;
  const document = documents.get(id);
  if (!document) return `${id} is not in the database`;
  return versionFault(exchange, access.accessId, outcome.outcome.resources?.[0]?.version, document);
}

/** Of a deletion the answer says no version: that there is a tombstone, and whose. */
function versionFault(
  { method, answered, label }: Exchange,
  accessId: string,
  named: number | undefined,
  { version, deletedAt, accesses, label: stored }: StoredDocument,
): string | undefined {
  if (method === "DELETE") return deletedAt ? undefined : "it was deleted, and is there";
  const told = Number(answered?.etag?.slice(1, -1));
  if (told !== named) return `the client was told version ${told}, the register ${named ?? "none"}`;
  if (version < told) return `version ${told} was acknowledged, ${version} is there`;
  const mark = accesses.find((one) => one.version === told);
  if (mark && mark.accessId !== accessId) return `version ${told} bears the mark of access ${mark.accessId}`;
  if (version === told && stored !== label) return `version ${told} is not what was sent`;
  return undefined;
}

function idOf({ method, path, answered }: Exchange, created: string | undefined): string | undefined {
  if (method === "POST") return answered?.ids[0] ?? created;
  return path.split("/").at(-1);
}
