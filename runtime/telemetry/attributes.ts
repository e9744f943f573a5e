/** A name that we or a library gave: never a value that a client sent. */
const NAME = /^[\w.:*-]{1,128}$/;
/** A path of the contract, `/patient/{patientId}`: braces instead of ids. */
const ROUTE = /^(\/([\w-]+|\{\w+\}))+$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const COUNT = /^\d{1,15}$/;

/**
 * What a span may say, and in which form. What is not in this list does not leave the process, so a statement, an address
 * that a client asked for or a body cannot. Names are OpenTelemetry's where it has one.
 * Source: OpenTelemetry semantic conventions, HTTP and database spans.
 */
export const ATTRIBUTES = {
  "http.request.method": /^[A-Z]{3,7}$/,
  "http.route": ROUTE,
  "http.response.status_code": /^[1-5]\d\d$/,
  /** With its port. */
  "server.address": NAME,
  "db.system": NAME,
  "db.name": NAME,
  /** The command and its collection, `find patients`. */
  "db.operation": /^\w{1,64} [\w.-]{1,128}$/,
  "specimen.operation": NAME,
  "specimen.request_id": UUID,
  /** The code of the problem that was answered. */
  "specimen.problem": NAME,
  "specimen.job": NAME,
  /** How many spans of this process are left out. */
  "specimen.spans_left_out": COUNT,
} as const satisfies Readonly<Record<string, RegExp>>;

export type SpanAttributes = { readonly [Name in keyof typeof ATTRIBUTES]?: string | number };

/** Leaves out every attribute that is not in the list, or not of its form. */
export function allowedAttributes(attributes: Readonly<Record<string, unknown>>): SpanAttributes {
  return Object.fromEntries(
    Object.entries(attributes).filter(
      ([name, value]) => isAllowed(name) && ATTRIBUTES[name].test(String(value)),
    ),
  );
}

function isAllowed(name: string): name is keyof typeof ATTRIBUTES {
  return Object.hasOwn(ATTRIBUTES, name);
}
