import { eventually } from "./eventually.ts";
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

/**
 * The trees of a trace, once what is asked for is there: spans are sent a little later than the answers that they are about.
 * @throws when it does not come
 */
export async function traceOf(
  gateway: string,
  traceId: string,
  isWhole: (roots: readonly ShownSpan[]) => boolean,
): Promise<readonly ShownSpan[]> {
  let last: unknown;
  const ask = async () => {
    const { status, body } = await request("GET", `${gateway}/telemetry/api/transactions/${traceId}`, {
      key: null,
    });
    last = body;
    const roots = status === 200 ? (body.roots as readonly ShownSpan[]) : [];
    return isWhole(roots) && roots;
  };
  return eventually(ask).catch(() => {
    throw new Error(`The trace did not become whole: ${JSON.stringify(last)}`);
  });
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
