import type { Difference } from "../schemas/difference.ts";
import { isRequiredToo, type Judgement } from "./judgement.ts";
import { inCode, plain, show, technical } from "./phrase.ts";
import type { ValueContext } from "./value-context.ts";

const REFUSES = "rejects what partners may send";
const UNPROVED = "cannot be proved compatible";

/** What a difference in what partners send means. `undefined`: nothing. */
export function judgeRequest(
  difference: Difference,
  context: ValueContext,
  all: readonly Difference[],
): Judgement | undefined {
  switch (difference.kind) {
    case "property-added":
      return isRequiredToo(difference, all) ? required("new and required") : ADDED;
    case "property-removed":
      return judgeRemoval(difference);
    case "required-added":
      return required("required now");
    case "required-removed":
      return {
        rule: "compatible/request-widened",
        message: (subject) => `${subject} may be left out`,
        news: (subject) => `${inCode(subject)} may be left out`,
      };
    case "opened":
    case "closed":
      return judgeOpenness(difference.kind, context);
    case "default":
      return judgeDefault(difference);
    case "deprecated":
      return judgeDeprecation(difference);
    // Nothing is refused for it: validators take no notice.
    case "read-only":
    case "write-only":
      return documentation(difference);
    case "listed-values":
    case "value":
      return judgeValue(difference, context);
  }
}

const ADDED: Judgement = {
  rule: "compatible/request-property-added",
  message: (subject) => `${subject} can be sent`,
  news: (subject) => `${inCode(subject)} can be sent`,
};

/** `to` is the new name, of a property that was renamed. */
function judgeRemoval({ to }: Difference): Judgement {
  const how = to === undefined ? "is gone" : `is called ${show(to)} now`;
  const advice = to === undefined ? "" : `: it is called \`${show(to)}\``;
  return {
    rule: "breaking/request-property-removed",
    message: (subject) => `${subject} ${how}: what partners may send is not understood any more`,
    news: (subject) => `${inCode(subject)} cannot be sent any more${advice}`,
  };
}

function required(how: string): Judgement {
  return {
    rule: "breaking/request-property-required",
    message: (subject) => `${subject} is ${how}: requests without it are rejected`,
    news: (subject) => `${inCode(subject)} must be sent`,
  };
}

function judgeOpenness(kind: "opened" | "closed", context: ValueContext): Judgement {
  if (kind === "opened")
    return {
      rule: "compatible/request-widened",
      message: (subject) => `additionalProperties of ${subject}: properties of other names may be sent`,
      news: (subject) => `${inCode(subject)}: properties of other names may be sent`,
    };
  return {
    rule: narrowed(context),
    message: (subject) => `additionalProperties of ${subject} → false ${REFUSES}`,
    news: (subject) => `${inCode(subject)}: properties of other names are refused`,
  };
}

/** Nobody could count on a default that was not told. */
function judgeDefault(difference: Difference): Judgement {
  const isNew = difference.from === undefined;
  const what = isNew
    ? "tells what a value that is left out stands for"
    : "changes what a value that is left out stands for";
  return {
    rule: isNew ? "compatible/request-default-added" : "breaking/request-default-changed",
    message: (subject) => `${technical(difference, subject)} ${what}`,
    news: (subject) => plain(difference, subject),
  };
}

/** The same for both directions. */
export function judgeDeprecation(difference: Difference): Judgement {
  if (difference.to === undefined) return documentation(difference);
  return {
    rule: "compatible/deprecated",
    message: (subject) => `${subject} is deprecated`,
    news: (subject) => `${inCode(subject)} is deprecated`,
  };
}

export function documentation(difference: Difference): Judgement {
  return {
    rule: "compatible/documentation",
    message: (subject) => technical(difference, subject),
    news: (subject) => `${inCode(subject)}: the description of \`${difference.keyword}\` changed`,
  };
}

function judgeValue(difference: Difference, context: ValueContext): Judgement {
  const isList = difference.kind === "listed-values";
  if (difference.relation === "widened")
    return {
      rule: "compatible/request-widened",
      message: (subject) =>
        isList ? `${subject} may also be ${show(difference.to)}` : technical(difference, subject),
      news: (subject) =>
        isList ? `${inCode(subject)} may also be ${show(difference.to)}` : plain(difference, subject),
    };
  const reason = difference.relation === "narrowed" ? REFUSES : UNPROVED;
  return {
    rule: narrowed(context),
    message: (subject) =>
      isList
        ? `${difference.keyword} of ${subject} without ${show(difference.from)} ${reason}`
        : `${technical(difference, subject)} ${reason}`,
    news: (subject) =>
      isList ? `${inCode(subject)} cannot be ${show(difference.from)} any more` : plain(difference, subject),
  };
}

function narrowed({ kind }: ValueContext): Judgement["rule"] {
  return kind === "parameter" ? "breaking/request-parameter-narrowed" : "breaking/request-property-narrowed";
}
