import type { Difference } from "../schemas/difference.ts";
import { isExtensible, isTolerant } from "./is-extensible.ts";
import { documentation, judgeDeprecation } from "./judge-request.ts";
import type { Judgement } from "./judgement.ts";
import { inCode, plain, show, technical } from "./phrase.ts";
import type { ValueContext } from "./value-context.ts";

const SURPRISES = "lets partners get what they do not know";
const UNPROVED = "cannot be proved compatible";

/** What a difference in what partners read means. `undefined`: nothing. */
export function judgeResponse(difference: Difference, context: ValueContext): Judgement | undefined {
  switch (difference.kind) {
    case "property-added":
      return judgeAddition(difference, context, "is new");
    case "property-removed":
      return judgeRemoval(difference);
    case "required-added":
      return {
        rule: "compatible/response-narrowed",
        message: (subject) => `${subject} is always there`,
        news: (subject) => `${inCode(subject)} is always there`,
      };
    case "required-removed":
      return {
        rule: "breaking/response-property-optional",
        message: (subject) => `${subject} may be missing from what partners read`,
        news: (subject) => `${inCode(subject)} may be missing`,
      };
    case "opened":
      return judgeAddition(difference, context, "may have properties of other names");
    case "closed":
      return CLOSED;
    case "deprecated":
      return judgeDeprecation(difference);
    case "write-only":
      return difference.to === undefined ? documentation(difference) : judgeRemoval(difference);
    case "default":
    case "read-only":
      return documentation(difference);
    case "listed-values":
    case "value":
      return judgeValue(difference, context);
  }
}

/** `to` is the new name, of a property that was renamed. */
function judgeRemoval({ kind, to }: Difference): Judgement {
  const isRenamed = kind === "property-removed" && to !== undefined;
  const how = isRenamed ? `is called ${show(to)} now` : "is gone from what partners read";
  return {
    rule: "breaking/response-property-removed",
    message: (subject) => `${subject} ${how}`,
    news: (subject) => `${inCode(subject)} ${isRenamed ? `is called \`${show(to)}\`` : "is gone"}`,
  };
}

const CLOSED: Judgement = {
  rule: "compatible/response-narrowed",
  message: (subject) => `${subject} has no properties of other names`,
  news: (subject) => `${inCode(subject)} has no properties of other names`,
};

/** What was open may have had any property; what was closed was said to have no other. */
function judgeAddition(difference: Difference, context: ValueContext, what: string): Judgement {
  const isSurprise = difference.relation !== "narrowed" && !isTolerant(context.known, difference);
  const reason = isSurprise ? ", where additionalProperties: false said that nothing else comes" : "";
  return {
    rule: isSurprise ? "breaking/response-property-added" : "compatible/response-property-added",
    message: (subject) => `${subject} ${what}${reason}`,
    news: (subject) => `${inCode(subject)} ${what}`,
  };
}

function judgeValue(difference: Difference, context: ValueContext): Judgement {
  if (difference.kind === "listed-values") return judgeList(difference, context);
  if (difference.relation === "narrowed")
    return {
      rule: "compatible/response-narrowed",
      message: (subject) => technical(difference, subject),
      news: (subject) => plain(difference, subject),
    };
  const reason = difference.relation === "widened" ? SURPRISES : UNPROVED;
  return {
    rule: widened(context),
    message: (subject) => `${technical(difference, subject)} ${reason}`,
    news: (subject) => plain(difference, subject),
  };
}

function judgeList(difference: Difference, context: ValueContext): Judgement {
  if (difference.relation === "narrowed")
    return {
      rule: "compatible/response-narrowed",
      message: (subject) => `${subject} is never ${show(difference.from)}`,
      news: (subject) => `${inCode(subject)} is never ${show(difference.from)}`,
    };
  const isForeseen = isExtensible(difference);
  const rule = isForeseen
    ? "compatible/response-value-added"
    : context.kind === "header"
      ? "breaking/response-header-widened"
      : "breaking/response-value-added";
  const reason = isForeseen ? "as its description foresaw" : "which partners do not know";
  return {
    rule,
    message: (subject) => `${subject} may be ${show(difference.to)}, ${reason}`,
    news: (subject) => `${inCode(subject)} may be ${show(difference.to)}`,
  };
}

function widened({ kind }: ValueContext): Judgement["rule"] {
  return kind === "header" ? "breaking/response-header-widened" : "breaking/response-property-widened";
}
