import type { ExpressionRequest, ExpressionResponse, MessageBody } from "../context.ts";
import { ExpressionError } from "../expression-error.ts";
import { parseJson } from "../json/parse-json.ts";
import { DictionaryValue, MapView } from "../runtime/keyed-value.ts";
import { ListValue } from "../runtime/list-value.ts";
import { raise } from "../runtime/thrown.ts";
import { UriValue } from "../runtime/uri-value.ts";
import { displayType } from "../types/clr-type.ts";
import { UrlValue } from "../runtime/url-value.ts";
import { defineType, type Call } from "../types/type-definition.ts";
import { parseArray, parseObject } from "./json-types.ts";

const requestType = defineType("class IRequest", {
  instance: {
    "string Method": (self: ExpressionRequest) => self.method,
    "IUrl Url": (self: ExpressionRequest) => new UrlValue(self.url),
    "IUrl OriginalUrl": (self: ExpressionRequest) => new UrlValue(self.originalUrl),
    "IMultiMap Headers": (self: ExpressionRequest) => new MapView(self.headers, true),
    "IReadOnlyDictionary<string, string> MatchedParameters": (self: ExpressionRequest) =>
      new MapView(self.matchedParameters),
    "string IpAddress": (self: ExpressionRequest) => self.ipAddress,
    "IMessageBody Body": (self: ExpressionRequest) => self.body,
  },
});

const responseType = defineType("class IResponse", {
  holds: isResponse,
  instance: {
    "int StatusCode": (self: ExpressionResponse) => self.statusCode,
    "string StatusReason": (self: ExpressionResponse) => self.statusReason,
    "IMultiMap Headers": (self: ExpressionResponse) => new MapView(self.headers, true),
    "IMessageBody Body": (self: ExpressionResponse) => self.body,
  },
});

const urlType = defineType("class IUrl", {
  holds: (value) => value instanceof UrlValue,
  instance: {
    "string Scheme": ({ url }: UrlValue) => url.scheme,
    "string Host": ({ url }: UrlValue) => url.host,
    "int Port": ({ url }: UrlValue) => url.port,
    "string Path": ({ url }: UrlValue) => url.path,
    "IMultiMap Query": ({ url }: UrlValue) => new MapView(url.query),
    "string QueryString": ({ url }: UrlValue) => url.queryString,
    "Uri ToUri()": (self: UrlValue) =>
      UriValue.parse(self.text()) ??
      raise("UriFormatException", "Invalid URI: The format of the URI could not be determined."),
  },
});

const bodyType = defineType("class IMessageBody", {
  instance: {
    "T As<T>(bool preserveContent = false)": (self: MessageBody, preserve: boolean, call: Call) =>
      readAs(self, preserve, displayType(call.type("T"))),
    "IDictionary<string, IList<string>> AsFormUrlEncodedContent(bool preserveContent = false)": (
      self: MessageBody,
      preserve: boolean,
    ) => parseForm(guarded(() => self.text(preserve))),
  },
});

/** IRequest, IResponse, IUrl and IMessageBody. */
export const MESSAGE_TYPES = [requestType, responseType, urlType, bodyType];

function isResponse(value: unknown): boolean {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "response";
}

function readAs(body: MessageBody, preserve: boolean, type: string): unknown {
  if (type === "byte[]") return guarded(() => body.bytes(preserve));
  const read = READERS.get(type);
  if (read === undefined)
    return raise("NotSupportedException", `The message body cannot be read as ${type}.`);
  return read(guarded(() => body.text(preserve)));
}

const READERS: ReadonlyMap<string, (text: string) => unknown> = new Map<string, (text: string) => unknown>([
  ["string", (text) => text],
  ["object", (text) => text],
  ["JToken", parseJson],
  ["JObject", parseObject],
  ["JArray", parseArray],
]);

/** A body that was read before fails as a .NET exception, which a policy may catch. */
function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return raise(error.exception, error.message);
  }
}

function parseForm(text: string): DictionaryValue {
  const form = new DictionaryValue();
  for (const [name, value] of new URLSearchParams(text)) {
    const values = form.find(name)?.value;
    if (values instanceof ListValue) values.items.push(value);
    else form.set(name, new ListValue([value]));
  }
  return form;
}
