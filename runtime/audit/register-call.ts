import { currentSpan } from "../telemetry/current-span.ts";
import type { Span } from "../telemetry/span.ts";
import type { TraceContext } from "../telemetry/trace-context.ts";
import { AuditUnavailableError } from "./audit-client.ts";

/** An operation of the Audit API that is for apps. */
export interface RegisterOperation {
  readonly method: "GET" | "POST";
  /** The contract's path. */
  readonly path: string;
}

export const APPEND: RegisterOperation = { method: "POST", path: "/auditrecords" };
export const OPEN_ACCESSES: RegisterOperation = { method: "GET", path: "/auditrecords/open" };

/** Begins the span of a call of the register. @param address its origin */
export function registerCall(span: Span, { method, path }: RegisterOperation, address: string): Span {
  return span.call(`${method} ${path}`, {
    "http.request.method": method,
    "server.address": new URL(address).host,
  });
}

/** Says of a call how it failed. */
export function failCall(call: Span, error: unknown): void {
  if (error instanceof AuditUnavailableError && error.status !== undefined)
    call.set({ "http.response.status_code": error.status });
  call.fail(error);
}

/**
 * Has a job call the register, as a span of the job.
 * @param links the accesses that it is about
 */
export async function callRegister<T>(
  operation: RegisterOperation,
  address: string,
  run: (traceparent: string | undefined) => Promise<T>,
  links: readonly TraceContext[] = [],
): Promise<T> {
  const job = currentSpan();
  if (!job) return run(undefined);
  const call = registerCall(job, operation, address);
  for (const link of links) call.link(link);
  try {
    const result = await run(call.traceparent);
    call.set({ "http.response.status_code": 200 });
    return result;
  } catch (error) {
    failCall(call, error);
    throw error;
  } finally {
    call.end();
  }
}
