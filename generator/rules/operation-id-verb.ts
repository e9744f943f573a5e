import { onOperations } from "./visiting/on.ts";

const READS = [
  "get",
  "list",
  "find",
  "search",
  "read",
  "query",
  "export",
  "download",
  "prove",
  "verify",
  "check",
  "count",
];
const WRITES: Readonly<Record<string, readonly string[]>> = {
  put: ["update", "replace", "set", "put"],
  patch: ["update", "change", "patch"],
  delete: ["delete", "remove", "cancel", "revoke"],
};

/** What an operation's name says it does is what its method does: clients of SDKs see the name alone. */
export const operationIdVerb = onOperations(({ method, spot }) => {
  const operationId = spot.text("operationId");
  if (operationId === "") return;
  const verb = /^[a-z]+/.exec(operationId)?.[0] ?? "";
  const expected = method === "get" || method === "head" ? READS : WRITES[method];
  const isOther = Object.entries(WRITES).some(([other, verbs]) => other !== method && verbs.includes(verb));
  if (expected ? !expected.includes(verb) : isOther || verb === operationId)
    spot
      .at("operationId")
      .report(
        expected
          ? `the name of a ${method.toUpperCase()} starts with ${expected.join(", ")}`
          : `the name of a ${method.toUpperCase()} starts with a verb that says what it does, and a noun follows`,
      );
});
