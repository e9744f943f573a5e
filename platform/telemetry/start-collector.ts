import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Envelope } from "./envelope.ts";
import { answerTrackRequest, type TrackReceiver } from "./ingestion/answer-track-request.ts";
import { acceptedOf } from "./ingestion/judge-body.ts";
import { TelemetryStore } from "./store/telemetry-store.ts";
import { LiveStreams } from "./web/live-streams.ts";
import { serveTelemetry } from "./web/serve-telemetry.ts";

/** Settings of the local collector. */
export interface StartCollectorOptions {
  /** Where SDKs send to; a free port unless given. */
  readonly port?: number;
  /** A GUID; an obviously made-up one unless given. */
  readonly instrumentationKey?: string;
  /** How many items are kept; 50,000. */
  readonly maxItems?: number;
  /** How many bytes of bodies are kept, as they were before compression; 64 MiB. */
  readonly maxBytes?: number;
  /** Sees everything that arrives, as text: for tests that look for what must not be there. */
  readonly onArrival?: (text: string) => void;
}

/** A running collector. */
export interface Collector {
  /** Base address of the ingestion endpoint. */
  readonly url: string;
  /** What the SDK is configured with. */
  readonly connectionString: string;
  /** What the connection string names, for those who make envelopes. */
  readonly instrumentationKey: string;
  /** Takes envelopes of this process. They are not judged, and must not be changed afterwards. */
  receive(envelopes: readonly Envelope[]): void;
  /** Answers a request for a page. `path` is without query, and begins with `/telemetry`. */
  serve(path: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends live views and whatever is still being sent. */
  close(): Promise<void>;
}

/**
 * Starts what Application Insights' SDKs need of Azure Monitor, on 127.0.0.1: the ingestion endpoint, and pages that show
 * what arrived. Nothing outlives the process.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/app/connection-strings
 * @throws Error naming the port when it cannot be had
 */
export async function startCollector(options: StartCollectorOptions = {}): Promise<Collector> {
  const {
    port = 0,
    instrumentationKey = LOCAL_KEY,
    maxItems = 50_000,
    maxBytes = 64 * 1024 * 1024,
    onArrival,
  } = options;
  const store = new TelemetryStore({ maxItems, maxBytes }, (body) => acceptedOf(body, instrumentationKey));
  const streams = new LiveStreams(store);
  const server = createIngestion({
    instrumentationKey,
    take: (body, accepted) => {
      onArrival?.(body.toString());
      store.addBody(body, accepted);
    },
  });
  const url = `http://127.0.0.1:${await listen(server, port)}`;
  return {
    url,
    connectionString: `InstrumentationKey=${instrumentationKey};IngestionEndpoint=${url}/`,
    instrumentationKey,
    receive: (envelopes) => {
      onArrival?.(JSON.stringify(envelopes));
      store.addEnvelopes(envelopes);
    },
    serve: (path, request, response) => serveTelemetry(path, request, response, store, streams),
    close: () => {
      streams.close();
      return close(server);
    },
  };
}

const LOCAL_KEY = "00000000-0000-0000-0000-000000000001";

function createIngestion(receiver: TrackReceiver): Server {
  return createServer((request, response) => {
    answerTrackRequest(request, response, receiver).catch(() => {
      // Whoever sent it has gone; anything else would be a fault of the collector, and nothing of it is for the SDK.
      if (response.headersSent || request.destroyed) response.destroy();
      else response.writeHead(500).end();
    });
  });
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(new Error(`telemetry: cannot listen: ${error.message}`)));
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("telemetry: the server has no address");
  return address.port;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
