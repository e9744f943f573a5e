import { ConfigurationError } from "../configuration/configuration-error.ts";
import type { UrlOrigin } from "../messages/request-url.ts";

/** Where a backend is. */
export interface BackendAddress extends UrlOrigin {
  /** `http://127.0.0.1:7071`; the key of its connection pool. */
  readonly origin: string;
  /** In front of the operation's path; empty, or beginning but not ending with `/`. */
  readonly basePath: string;
}

/**
 * @param url http or https, without query: `http://127.0.0.1:7071/patient`
 * @throws TypeError when it is none
 */
export function parseBackendAddress(url: string): BackendAddress {
  const parsed = new URL(url);
  const secure = parsed.protocol === "https:";
  if (!secure && parsed.protocol !== "http:") throw new TypeError("a backend is http or https");
  return {
    origin: parsed.origin,
    scheme: secure ? "https" : "http",
    host: parsed.hostname,
    port: parsed.port === "" ? (secure ? 443 : 80) : Number(parsed.port),
    basePath: parsed.pathname.replace(/\/+$/, ""),
  };
}

/**
 * As {@link parseBackendAddress}, for what is written in a document or a setting.
 * @throws ConfigurationError
 */
export function requireBackendAddress(url: string, where: string): BackendAddress {
  try {
    return parseBackendAddress(url);
  } catch {
    throw new ConfigurationError(
      where,
      `"${url}" is no address of a backend; expected http://host:port/path`,
    );
  }
}

/** The addresses of backend resources by id. @throws ConfigurationError for one that is none */
export function parseBackends(backends: Readonly<Record<string, string>>): Map<string, BackendAddress> {
  return new Map(
    Object.entries(backends).map(([id, url]) => [id, requireBackendAddress(url, `backend ${id}`)]),
  );
}
