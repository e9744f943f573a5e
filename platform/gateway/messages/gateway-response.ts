import type { ExpressionResponse, MessageBody } from "../expressions/context.ts";
import type { ResponseStream } from "../backends/response-stream.ts";
import { HeaderBag } from "./header-bag.ts";
import { MessageContent } from "./message-content.ts";

/** A response: the one that goes to the client (`context.Response`), or what `send-request` got. Policies edit it in place. */
export class GatewayResponse implements ExpressionResponse {
  readonly kind = "response";
  statusCode: number;
  statusReason: string;
  readonly headers: HeaderBag;
  readonly content: MessageContent<ResponseStream>;
  /** Every piece of the body goes to the client as it comes: `buffer-response="false"`. */
  immediate = false;

  constructor(
    statusCode: number,
    statusReason = "",
    headers = new HeaderBag(),
    stream: ResponseStream | null = null,
  ) {
    this.statusCode = statusCode;
    this.statusReason = statusReason;
    this.headers = headers;
    this.content = new MessageContent(stream);
  }

  get body(): MessageBody | null {
    return this.content.body;
  }

  /** A copy that can be edited by itself; only of a response whose body has been read. */
  copy(): GatewayResponse {
    const copy = new GatewayResponse(this.statusCode, this.statusReason, new HeaderBag(this.headers));
    const bytes = this.content.bytes;
    if (bytes) copy.content.replace(bytes);
    return copy;
  }
}
