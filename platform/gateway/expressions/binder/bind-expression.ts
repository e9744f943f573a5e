import type { Expression } from "../syntax/ast.ts";
import { NEVER, type ClrType } from "../types/clr-type.ts";
import { bindAnonymous } from "./bind-anonymous.ts";
import { bindArray } from "./bind-array.ts";
import { bindAssignment, bindIncrement } from "./bind-assignment.ts";
import { bindBinary } from "./bind-binary.ts";
import { bindCall } from "./bind-call.ts";
import { bindConditional } from "./bind-conditional.ts";
import { bindConditionalAccess } from "./bind-conditional-access.ts";
import { bindInterpolated } from "./bind-interpolated.ts";
import { bindLambdaTo } from "./bind-lambda.ts";
import { bindLiteral } from "./bind-literal.ts";
import { bindIndex, bindMember } from "./bind-member.ts";
import { bindName } from "./bind-name.ts";
import { bindNew } from "./bind-new.ts";
import type { BindScope } from "./bind-scope.ts";
import { bindAs, bindCast, bindDefault, bindIs } from "./bind-type-tests.ts";
import { defaultOf } from "./default-value.ts";
import { bindUnary } from "./bind-unary.ts";
import type { Bound } from "./bound.ts";
import { bindThrow } from "./bind-throw.ts";
import { convertImplicitly } from "./implicit-conversion.ts";
import { refuse, refuseConversion } from "./refuse.ts";

/** Binds an expression: finds its type and makes its closure. @throws Refusal for what C# or this subset refuses */
export function bindExpression(node: Expression, scope: BindScope): Bound {
  switch (node.kind) {
    case "literal":
      return bindLiteral(node);
    case "interpolated":
      return bindInterpolated(node.parts, scope);
    case "name":
      return bindName(node, scope);
    case "type":
      return refuse(node.line, `"${node.type.name}" is a type and no value`);
    case "member":
      return bindMember(node, scope);
    case "call":
      return bindCall(node, scope);
    case "index":
      return bindIndex(node, scope);
    case "conditionalAccess":
      return bindConditionalAccess(node, scope);
    case "receiver":
      return scope.receiver ?? refuse(node.line, 'nothing stands before "?."');
    case "unary":
      return bindUnary(node, scope);
    case "increment":
      return bindIncrement(node, scope);
    case "binary":
      return bindBinary(node, scope);
    case "assign":
      return bindAssignment(node, scope);
    case "conditional":
      return bindConditional(node, scope);
    case "cast":
      return bindCast(node, scope);
    case "as":
      return bindAs(node, scope);
    case "is":
      return bindIs(node, scope);
    case "lambda":
      return refuse(node.line, "a lambda is only supported where a delegate type is expected");
    case "new":
      return bindNew(node, scope);
    case "newArray":
      return bindArray(node, scope);
    case "anonymous":
      return bindAnonymous(node.members, scope);
    case "default":
      return bindDefault(node, scope);
    case "typeof":
      return refuse(node.line, '"typeof" is not supported: expressions have no reflection');
    case "throw":
      return { type: NEVER, run: bindThrow(node.value, scope) };
  }
}

/** Binds an expression where a type is expected, and converts it. */
export function bindExpecting(node: Expression, type: ClrType, scope: BindScope): Bound {
  if (node.kind === "lambda") return bindLambdaTo(node, type, scope);
  if (node.kind === "default" && node.type === null) return defaultOf(type);
  const bound = bindExpression(node, scope);
  return convertImplicitly(bound, type, scope.unit.registry) ?? refuseConversion(node.line, bound.type, type);
}
