import { JArray } from "./json/j-array.ts";
import { JObject } from "./json/j-object.ts";
import type { JToken } from "./json/j-token.ts";
import { JValue } from "./json/j-value.ts";
import { parseJson } from "./json/parse-json.ts";
import { ClrValue } from "./runtime/clr-value.ts";
import { DateTime, DateTimeOffset } from "./runtime/date-time.ts";
import { toNumber } from "./runtime/number.ts";
import { Thrown } from "./runtime/thrown.ts";
import { TICKS } from "./runtime/time-span.ts";

/** `Jwt`: what `AsJwt()` gives, and what `validate-jwt` stores in its output variable. */
export class Jwt extends ClrValue {
  readonly typeName = "Jwt";
  readonly algorithm: string;
  readonly type: string;
  /** All claims of the payload as texts; an array gives several, an object its JSON. */
  readonly claims: ReadonlyMap<string, readonly string[]>;
  private readonly payload: JObject;

  constructor(header: JObject, payload: JObject) {
    super();
    this.algorithm = header.get("alg")?.text() ?? "";
    this.type = header.get("typ")?.text() ?? "";
    this.payload = payload;
    this.claims = new Map(payload.children().map(({ name, value }) => [name, claimTexts(value)]));
  }

  /** The one text of a claim; null without the claim. */
  claim(name: string): string | null {
    return this.claims.get(name)?.[0] ?? null;
  }

  /** A time claim in UTC; null without the claim. */
  time(name: string): DateTime | null {
    const claim = this.payload.get(name);
    if (!(claim instanceof JValue) || !["Integer", "Float"].includes(claim.tokenType)) return null;
    const seconds = Math.trunc(toNumber(claim.value));
    if (Math.abs(seconds) > 2e11) return null;
    return new DateTime(DateTimeOffset.fromUnix(BigInt(seconds) * TICKS.second).utcTicks, "utc");
  }
}

/**
 * Reads a JWT without checking its signature; a leading `Bearer ` is dropped. Null for anything that is no JWT.
 * Source: RFC 7519, section 7.2.
 */
export function parseJwt(token: string): Jwt | null {
  const parts = token
    .replace(/^Bearer\s+/i, "")
    .trim()
    .split(".");
  const [header, payload] = parts.map(readPart);
  return parts.length === 3 && header && payload ? new Jwt(header, payload) : null;
}

function readPart(part: string): JObject | null {
  if (!/^[\w-]+$/.test(part)) return null;
  try {
    const token = parseJson(Buffer.from(part, "base64url").toString("utf8"));
    return token instanceof JObject ? token : null;
  } catch (error) {
    if (error instanceof Thrown) return null;
    throw error;
  }
}

function claimTexts(value: JToken): string[] {
  return value instanceof JArray ? value.items.map((item) => item.text()) : [value.text()];
}
