import { setTimeout as pause } from "node:timers/promises";
import { request } from "./client.ts";

/** A span as the collector shows it. */
export interface ShownSpan {
  readonly kind: "request" | "dependency" | "exception" | "message";
  readonly id: string;
  readonly parentId: string;
  readonly traceId: string;
  readonly service: string;
  readonly name: string;
  readonly type?: string;
  readonly resultCode?: string;
  readonly success?: boolean;
  readonly attributes: Readonly<Record<string, string>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly children: readonly ShownSpan[];
}

const PAUSE_MS = 50;
const DEADLINE_MS = 60_000;

/**
 * The trees of a trace, once what is asked for is there: spans are sent a little later than the answers that they are about.
 * @throws when it does not come
 */
export async function traceOf(
  gateway: string,
  traceId: string,
  isWhole: (roots: readonly ShownSpan[]) => boolean,
): Promise<readonly ShownSpan[]> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const { status, body } = await request("GET", `${gateway}/telemetry/api/transactions/${traceId}`, {
      key: null,
    });
    const roots = status === 200 ? (body.roots as readonly ShownSpan[]) : [];
    if (isWhole(roots)) return roots;
    if (performance.now() > deadline)
      throw new Error(`The trace did not become whole: ${JSON.stringify(body)}`);
    // Without a pause the questions would keep the machine from what they wait for.
    await pause(PAUSE_MS);
  }
}

/** A span and all below it. */
export function withDescendants(span: ShownSpan): readonly ShownSpan[] {
  return [span, ...span.children.flatMap(withDescendants)];
}

/** Those directly below it that a test asks for. */
export function childrenOf(span: ShownSpan | undefined, wanted: Partial<ShownSpan>): readonly ShownSpan[] {
  return (span?.children ?? []).filter((child) =>
    Object.entries(wanted).every(([name, value]) => child[name as keyof ShownSpan] === value),
  );
}
