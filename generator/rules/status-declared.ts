import { parameterOf, type Operation } from "./visiting/operation.ts";
import { onOperations } from "./visiting/on.ts";
import type { Spot } from "./visiting/spot.ts";

/** Every status that the pipeline can answer with is declared: a client cannot handle what it was not told of. */
export const statusDeclared = onOperations((operation) => {
  const declared = operation.responses.map(([status]) => status);
  const missing = expectedOf(operation).filter((status) => !isDeclared(status, declared));
  if (missing.length > 0)
    operation.spot.at("responses").report(`the app also answers with ${missing.join(", ")}`);
});

function expectedOf(operation: Operation): string[] {
  const { parameters, spot } = operation;
  const inPath = parameters.filter(({ object }) => object.in === "path");
  const has = (name: string): boolean => parameterOf(operation, "header", name) !== undefined;
  return [
    ...(has("If-None-Match") ? ["304"] : []),
    ...(parameters.length > 0 || "requestBody" in spot.object ? ["400"] : []),
    ...(inPath.some(({ object }) => object["x-invalid-status"] !== 400) ? ["404"] : []),
    ...(has("If-Match") ? ["412"] : []),
    ...("requestBody" in spot.object ? ["413", "415"] : []),
    "500",
    ...(isAudited(spot) ? ["503"] : []),
  ];
}

function isAudited(operation: Spot): boolean {
  const audit = operation.at("x-audit");
  return audit.exists && !("none" in audit.object);
}

function isDeclared(status: string, declared: readonly string[]): boolean {
  return declared.some((one) => one === status || one === "default" || one === `${status.charAt(0)}XX`);
}
