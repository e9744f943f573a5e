import { UriValue, escapeData } from "../runtime/uri-value.ts";
import type { EnumValue } from "../runtime/enum-value.ts";
import { raise } from "../runtime/thrown.ts";
import { defineType, type Cell } from "../types/type-definition.ts";

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", "\u00a0"],
]);
const CODES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

const webUtilityType = defineType("static System.Net.WebUtility", {
  statics: {
    "string UrlEncode(string? text)": (text: string | null) =>
      text &&
      escapeData(text)
        .replaceAll("%20", "+")
        .replaceAll("~", "%7E")
        .replace(/%(?:21|2A|28|29)/g, decodeURIComponent),
    "string UrlDecode(string? text)": (text: string | null) => text && unescape(text.replaceAll("+", " ")),
    "string HtmlEncode(string? text)": (text: string | null) =>
      text?.replace(/[&<>"'\u00a0-\u00ff]/g, (c) => CODES.get(c) ?? `&#${c.charCodeAt(0)};`) ?? null,
    "string HtmlDecode(string? text)": (text: string | null) => text && htmlDecode(text),
  },
});

const uriType = defineType("class System.Uri", {
  holds: (value) => value instanceof UriValue,
  constructors: {
    "(string text)": (text: string) =>
      UriValue.parse(text) ??
      raise("UriFormatException", "Invalid URI: The format of the URI could not be determined."),
    "(Uri start, string relative)": (base: UriValue, relative: string) => base.resolve(relative),
  },
  instance: {
    "string Scheme": (self: UriValue) => self.url.protocol.slice(0, -1),
    "string Host": (self: UriValue) => self.url.hostname,
    "int Port": (self: UriValue) => self.port,
    "string Authority": (self: UriValue) => self.url.host,
    "string AbsolutePath": (self: UriValue) => self.url.pathname,
    "string LocalPath": (self: UriValue) => unescape(self.url.pathname),
    "string Query": (self: UriValue) => self.url.search,
    "string Fragment": (self: UriValue) => self.url.hash,
    "string PathAndQuery": (self: UriValue) => self.url.pathname + self.url.search,
    "string AbsoluteUri": (self: UriValue) => self.url.href,
    "string OriginalString": (self: UriValue) => self.original,
    "string UserInfo": (self: UriValue) =>
      [self.url.username, self.url.password].filter((part) => part !== "").join(":"),
    "bool IsDefaultPort": (self: UriValue) => self.url.port === "",
    "bool IsAbsoluteUri": () => true,
    "string[] Segments": (self: UriValue) => self.url.pathname.match(/[^/]*\/|[^/]+$/g) ?? [],
    "string GetLeftPart(UriPartial part)": (self: UriValue, part: EnumValue) =>
      leftPart(self.url, part.value),
  },
  statics: {
    "string EscapeDataString(string text)": escapeData,
    "string UnescapeDataString(string text)": unescape,
    "string EscapeUriString(string text)": (text: string) => encodeURI(text.toWellFormed()),
    "bool IsWellFormedUriString(string? text, UriKind kind)": (text: string | null, kind: EnumValue) =>
      text !== null && (UriValue.parse(text) !== null || (kind.value !== 1 && !/[\s<>"]/.test(text))),
    "bool TryCreate(string? text, UriKind kind, out Uri result)": (
      text: string | null,
      _kind: EnumValue,
      result: Cell,
    ) => {
      result.value = text === null ? null : UriValue.parse(text);
      return result.value !== null;
    },
  },
});

/** WebUtility and Uri (absolute ones only). */
export const WEB_TYPES = [webUtilityType, uriType];

/** Decodes what is well-formed and leaves the rest as it stands, as .NET does. */
function unescape(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8");
    }
  });
}

function htmlDecode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (match, decimal, hex, name) => {
    if (typeof name === "string") return ENTITIES.get(name) ?? match;
    const code = typeof decimal === "string" ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : match;
  });
}

function leftPart(url: URL, part: number): string {
  const scheme = `${url.protocol}//`;
  const parts = [scheme, scheme + url.host, scheme + url.host + url.pathname];
  return parts[part] ?? scheme + url.host + url.pathname + url.search;
}
