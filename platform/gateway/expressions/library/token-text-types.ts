import { Jwt, parseJwt } from "../jwt.ts";
import { ClrValue } from "../runtime/clr-value.ts";
import { MapView } from "../runtime/keyed-value.ts";
import { defineType, type Cell } from "../types/type-definition.ts";

class BasicAuthCredentials extends ClrValue {
  readonly typeName = "BasicAuthCredentials";
  readonly userId: string;
  readonly secret: string;

  constructor(userId: string, secret: string) {
    super();
    this.userId = userId;
    this.secret = secret;
  }
}

const jwtType = defineType("class Jwt", {
  holds: (value) => value instanceof Jwt,
  instance: {
    "string Algorithm": (self: Jwt) => self.algorithm,
    "IEnumerable<string> Audiences": (self: Jwt) => self.claims.get("aud") ?? [],
    "IMultiMap Claims": (self: Jwt) => new MapView(self.claims),
    "DateTime? ExpirationTime": (self: Jwt) => self.time("exp"),
    "string Id": (self: Jwt) => self.claim("jti"),
    "string Issuer": (self: Jwt) => self.claim("iss"),
    "DateTime? IssuedAt": (self: Jwt) => self.time("iat"),
    "DateTime? NotBefore": (self: Jwt) => self.time("nbf"),
    "string Subject": (self: Jwt) => self.claim("sub"),
    "string Type": (self: Jwt) => self.type,
  },
});

const basicType = defineType("class BasicAuthCredentials", {
  holds: (value) => value instanceof BasicAuthCredentials,
  instance: {
    "string UserId": (self: BasicAuthCredentials) => self.userId,
    "string Password": (self: BasicAuthCredentials) => self.secret,
  },
});

const extensions = defineType("static StringExtensions", {
  statics: {
    "Jwt AsJwt(this string? text)": (text: string | null) => (text === null ? null : parseJwt(text)),
    "bool TryParseJwt(this string? text, out Jwt result)": (text: string | null, result: Cell) => {
      result.value = text === null ? null : parseJwt(text);
      return result.value !== null;
    },
    "BasicAuthCredentials AsBasic(this string? text)": (text: string | null) =>
      text === null ? null : parseBasic(text),
    "bool TryParseBasic(this string? text, out BasicAuthCredentials result)": (
      text: string | null,
      result: Cell,
    ) => {
      result.value = text === null ? null : parseBasic(text);
      return result.value !== null;
    },
  },
});

/** What reads an Authorization header: Jwt, BasicAuthCredentials, and the extension methods of string. */
export const TOKEN_TEXT_TYPES = [jwtType, basicType, extensions];

/** Source: RFC 7617, section 2. */
function parseBasic(text: string): BasicAuthCredentials | null {
  const match = /^(?:Basic\s+)?([A-Za-z0-9+/]+={0,2})\s*$/i.exec(text);
  const decoded = Buffer.from(match?.[1] ?? "", "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  return colon < 0 ? null : new BasicAuthCredentials(decoded.slice(0, colon), decoded.slice(colon + 1));
}
