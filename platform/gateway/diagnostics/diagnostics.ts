import type { IncomingMessage } from "node:http";
import type { GatewayRuntime } from "../gateway-runtime.ts";
import { openSpan } from "../http/trace-span.ts";
import type { UrlOrigin } from "../messages/request-url.ts";
import type { Exchange } from "../pipeline/exchange.ts";
import type { DiagnosticSettings } from "./diagnostic-settings.ts";
import { envelopesOf } from "./envelopes-of.ts";
import { recordExchange } from "./record-exchange.ts";
import type { RecordedRequest } from "./recorded-request.ts";
import { Recording } from "./recording.ts";
import { severityLevels } from "./severity-levels.ts";

/**
 * Records requests as API Management's diagnostic to Application Insights does. What costs is done after the answer.
 *
 * Source: Microsoft Learn, "How to integrate Azure API Management with Azure Application Insights".
 */
export class Diagnostics {
  readonly #settings: DiagnosticSettings;
  readonly #runtime: GatewayRuntime;
  readonly #origin: string;
  readonly #level: number;

  /** @param origin the gateway's own place, which stands in the URLs: that which a client names is the client's */
  constructor(settings: DiagnosticSettings, runtime: GatewayRuntime, { scheme, host, port }: UrlOrigin) {
    this.#settings = settings;
    this.#runtime = runtime;
    this.#origin = `${scheme}://${host}:${port}`;
    this.#level = severityLevels[settings.verbosity] ?? 0;
  }

  /** Begins to record a request, before anything is decided about it. */
  begin(exchange: Exchange): Recording {
    const { method, headers } = exchange.request;
    return new Recording({
      span: openSpan(headers.get("traceparent"), this.#runtime),
      runtime: this.#runtime,
      level: this.#level,
      report: (recording, ending) => this.#emit(recordExchange(exchange, recording, ending, method)),
    });
  }

  /** Records a request that was refused before it became an exchange. @param incoming null when it could not be parsed */
  refuse(status: number, incoming: IncomingMessage | null): void {
    this.#emit({
      span: openSpan(incoming?.headersDistinct.traceparent, this.#runtime),
      startedAt: this.#runtime.now(),
      duration: 0,
      requestId: this.#runtime.newGuid(),
      status,
      method: incoming?.method ?? null,
      ...{ target: null, product: null, subscription: null, failure: null, calls: [], messages: [] },
    });
  }

  #emit(request: RecordedRequest): void {
    const envelopes = envelopesOf(request, this.#settings, this.#origin);
    if (envelopes.length > 0) this.#settings.receive(envelopes);
  }
}
