import type { TraceEvent } from "../compiler/gateway-services.ts";
import type { GatewayRuntime } from "../gateway-runtime.ts";
import type { RequestEvent } from "../http/request-event.ts";
import { drawSpanId, traceparentOf } from "../http/trace-span.ts";
import type { TraceSpan } from "../http/trace-span.ts";
import { RecordedCall } from "./recorded-call.ts";
import { severityLevels } from "./severity-levels.ts";

/** What a `trace` policy wrote, and when. */
export interface RecordedMessage extends TraceEvent {
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** What {@link Recording} is made with. */
export interface RecordingParts {
  readonly span: TraceSpan;
  readonly runtime: GatewayRuntime;
  /** Least level of messages that are kept. */
  readonly level: number;
  /** Gets the recording once nothing more can come. */
  readonly report: (recording: Recording, ending: RequestEvent) => void;
}

/** What is kept of a request while it is under way: as little as its telemetry can be made of afterwards. */
export class Recording {
  readonly span: TraceSpan;
  readonly calls: RecordedCall[] = [];
  readonly messages: RecordedMessage[] = [];
  /** True when the response was closed while its answer was on the way, or behind it. */
  closedWhileSending = false;
  readonly #parts: RecordingParts;
  #settled = false;
  #ending: RequestEvent | null = null;

  constructor(parts: RecordingParts) {
    this.span = parts.span;
    this.#parts = parts;
  }

  /** A call begins. @param call `path` may hold nothing that a client sent */
  openCall(call: Pick<RecordedCall, "method" | "address" | "path">): RecordedCall {
    const { runtime } = this.#parts;
    const opened = new RecordedCall(drawSpanId(runtime), call, () => runtime.now());
    this.calls.push(opened);
    return opened;
  }

  /** The `traceparent` that a call carries: its own span's, unless a policy wrote another or took it away. */
  traceparentFor(call: RecordedCall, written: string | undefined): string | undefined {
    return written === traceparentOf(this.span) ? traceparentOf(this.span, call.id) : written;
  }

  /** A `trace` policy writes. */
  write(event: TraceEvent): void {
    const { level, runtime } = this.#parts;
    if ((severityLevels[event.severity] ?? 0) < level) return;
    this.messages.push({ ...event, time: runtime.now() });
  }

  /** The pipeline has ended. When the client goes away that is after the response was closed: its calls have yet to be ended. */
  settle(): void {
    this.#settled = true;
    if (this.#ending) this.#parts.report(this, this.#ending);
  }

  /** The response has been closed. */
  close(ending: RequestEvent): void {
    this.#ending = ending;
    this.closedWhileSending = this.#settled;
    if (this.#settled) this.#parts.report(this, ending);
  }
}
