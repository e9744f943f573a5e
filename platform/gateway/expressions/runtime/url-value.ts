import type { ExpressionUrl } from "../context.ts";
import { ClrValue } from "./clr-value.ts";

const DEFAULT_PORTS: ReadonlyMap<string, number> = new Map([
  ["http", 80],
  ["https", 443],
]);

/** `IUrl`; its text is the whole address, without a default port. */
export class UrlValue extends ClrValue {
  readonly typeName = "IUrl";
  readonly url: ExpressionUrl;

  constructor(url: ExpressionUrl) {
    super();
    this.url = url;
  }

  override text(): string {
    const { scheme, host, port, path, queryString } = this.url;
    const shownPort = DEFAULT_PORTS.get(scheme) === port ? "" : `:${port}`;
    return `${scheme}://${host}${shownPort}${path}${queryString}`;
  }
}
