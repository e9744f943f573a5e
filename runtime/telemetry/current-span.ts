import { AsyncLocalStorage } from "node:async_hooks";
import type { Span } from "./span.ts";

const spans = new AsyncLocalStorage<Span>();

/** Runs something for a span: what the database is asked meanwhile, and what is logged, is the span's. */
export function inSpan<T>(span: Span, run: () => T): T {
  return spans.run(span, run);
}

/** Runs something that belongs to no request, although one has set it off. */
export function outsideOfSpans<T>(run: () => T): T {
  return spans.exit(run);
}

/** The span that is being served here, if any. */
export function currentSpan(): Span | undefined {
  return spans.getStore();
}
