import type { IncomingMessage, ServerResponse } from "node:http";
import type { TelemetryStore } from "../store/telemetry-store.ts";
import { problem, send, type Answer } from "./answer.ts";
import { answerApi } from "./answer-api.ts";
import type { LiveStreams } from "./live-streams.ts";
import { readPageFile } from "./page-files.ts";

/**
 * Serves the pages, and what they ask for.
 *
 * @param path without query; begins with `/telemetry`
 */
export async function serveTelemetry(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  store: TelemetryStore,
  streams: LiveStreams,
): Promise<void> {
  request.resume();
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (isRead && path === LIVE) streams.add(response);
  else send(response, isRead ? await answer(path, request, store) : NOT_A_READ);
}

const PREFIX = "/telemetry/";
const API = `${PREFIX}api/`;
const LIVE = `${API}live`;
const NOT_A_READ = problem(405, "The telemetry can only be read.", { allow: "GET, HEAD" });
const NOT_FOUND = problem(404, "There is no such page.");

async function answer(path: string, request: IncomingMessage, store: TelemetryStore): Promise<Answer> {
  if (path === PREFIX.slice(0, -1))
    return { status: 301, type: "text/plain", content: "", headers: { location: PREFIX } };
  const query = new URLSearchParams(request.url?.split("?", 2)[1]);
  if (path.startsWith(API)) return answerApi(path.slice(API.length), query, store);
  const file = path.startsWith(PREFIX) ? await readPageFile(path.slice(PREFIX.length)) : undefined;
  return file ? { status: 200, ...file } : NOT_FOUND;
}
