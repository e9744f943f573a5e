import type { ExpressionRequest, MessageBody } from "../expressions/context.ts";
import type { HeaderBag } from "./header-bag.ts";
import { MessageContent } from "./message-content.ts";
import type { RequestStream } from "./request-stream.ts";
import { RequestUrl } from "./request-url.ts";
import type { UrlOrigin } from "./request-url.ts";

/** What the client sent, taken apart. */
export interface ReceivedRequest {
  readonly method: string;
  readonly headers: HeaderBag;
  readonly stream: RequestStream | null;
  readonly ipAddress: string;
  /** The gateway's own place, as the client named it. */
  readonly gateway: UrlOrigin;
  /** Path as sent, escapes included; begins with `/`. */
  readonly path: string;
  /** Empty, or beginning with `?`. */
  readonly queryString: string;
}

/** The request on its way to the backend (`context.Request`): policies edit it in place. */
export class GatewayRequest implements ExpressionRequest {
  method: string;
  readonly headers: HeaderBag;
  readonly content: MessageContent<RequestStream>;
  readonly ipAddress: string;
  readonly url: RequestUrl;
  matchedParameters: ReadonlyMap<string, string> = noParameters;
  readonly #received: ReceivedRequest;
  #originalUrl: RequestUrl | null = null;

  constructor(received: ReceivedRequest) {
    this.method = received.method;
    this.headers = received.headers;
    this.content = new MessageContent(received.stream);
    this.ipAddress = received.ipAddress;
    this.url = new RequestUrl(received.gateway, received.path, received.queryString);
    this.#received = received;
  }

  get body(): MessageBody | null {
    return this.content.body;
  }

  /** What the client called; made when somebody asks, which few requests do. */
  get originalUrl(): RequestUrl {
    const { gateway, path, queryString } = this.#received;
    return (this.#originalUrl ??= new RequestUrl(gateway, path, queryString));
  }
}

const noParameters: ReadonlyMap<string, string> = new Map();
