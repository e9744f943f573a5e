import type { IncomingMessage } from "node:http";
import type { GatewayRuntime } from "../gateway-runtime.ts";
import { HeaderBag } from "../messages/header-bag.ts";
import { RequestStream } from "../messages/request-stream.ts";
import type { UrlOrigin } from "../messages/request-url.ts";
import { Exchange } from "../pipeline/exchange.ts";
import { splitTarget } from "./split-target.ts";

/**
 * Makes an exchange of what the client sent.
 *
 * @param origin the gateway's own place
 * @returns null for a target or a `Host` that makes no sense, which is a 400 by RFC 9112, section 3.2
 */
export function receiveRequest(
  incoming: IncomingMessage,
  origin: UrlOrigin,
  runtime: GatewayRuntime,
): Exchange | null {
  const target = splitTarget(incoming.url ?? "");
  if (target === null) return null;
  const headers = HeaderBag.fromLines(incoming.rawHeaders);
  const gateway = originOf(headers.joined("host"), origin);
  if (gateway === null) return null;
  const ipAddress = (incoming.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  return new Exchange(
    { ...target, method: incoming.method ?? "GET", headers, stream: bodyOf(incoming), ipAddress, gateway },
    runtime,
  );
}

function bodyOf(incoming: IncomingMessage): RequestStream | null {
  const { "content-length": length, "transfer-encoding": encoding } = incoming.headers;
  return (length === undefined || length === "0") && encoding === undefined
    ? null
    : new RequestStream(incoming);
}

const hostShape = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?$/;

/** The gateway's place as the client named it; null when `Host` is missing or malformed, which is a 400 by RFC 9112, 3.2. */
function originOf(host: string | undefined, fallback: UrlOrigin): UrlOrigin | null {
  const [, name, port] = hostShape.exec(host ?? "") ?? [];
  return name === undefined
    ? null
    : { scheme: fallback.scheme, host: name, port: port === undefined ? 80 : Number(port) };
}
