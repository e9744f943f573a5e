import type { ValidatorError } from "../operation.ts";
import type { RequestFault } from "../problem/problem.ts";

/** How many faults a problem names at most (`Problem.errors` in the contract). */
export const MAX_FAULTS = 32;

const MAX_TEXT = 256;

/** A validator's findings about `{ path, query, headers, body }`, sorted into what a problem says. */
export interface RequestFaults {
  /** A path parameter breaks its schema, which is answered by a status of its own. */
  readonly path: readonly RequestFault[];
  readonly others: readonly RequestFault[];
}

/**
 * Turns a validator's findings into faults that never repeat what was sent: not the value, and not the name of a property
 * or parameter that the contract does not know.
 */
export function requestFaults(findings: readonly ValidatorError[]): RequestFaults {
  // `if` only says that `then` or `else` has a finding, which is there too.
  const errors = findings.filter(({ keyword }) => keyword !== "if");
  const isOfPath = (error: ValidatorError) => error.instancePath.startsWith("/path/");
  return {
    path: errors.filter(isOfPath).slice(0, MAX_FAULTS).map(toFault),
    others: errors
      .filter((error) => !isOfPath(error))
      .slice(0, MAX_FAULTS)
      .map(toFault),
  };
}

function toFault(error: ValidatorError): RequestFault {
  const code = error.keyword;
  const message = messageOf(error).slice(0, MAX_TEXT);
  const [, part = "", name = ""] = error.instancePath.split("/");
  if (part === "body" || error.instancePath === "") {
    const missing = code === "required" ? `/${escapePointer(String(error.params.missingProperty))}` : "";
    return {
      pointer: `${error.instancePath.slice("/body".length)}${missing}`.slice(0, MAX_TEXT),
      code,
      message,
    };
  }
  const missing = code === "required" ? String(error.params.missingProperty) : "";
  return { parameter: (name || missing || part).slice(0, 64), code, message };
}

function messageOf({ keyword, message }: ValidatorError): string {
  switch (keyword) {
    case "additionalProperties":
    case "unevaluatedProperties":
      return "must not have a member that the contract does not name";
    case "x-not-after-today":
      return "must not be after today";
    default:
      return message ?? `breaks the rule ${keyword}`;
  }
}

/** RFC 6901, 3. */
function escapePointer(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
