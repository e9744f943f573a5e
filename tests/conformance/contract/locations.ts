import type { CheckedOperation, CheckedParameter } from "./operation.ts";
import { joinSchemas, type JoinedSchema, type Rule, type SchemaPlace } from "./schema.ts";

/** The part of a request that a value is in. */
export type Part = "path" | "query" | "header" | "body";

/** A place in an operation's requests that has a schema. */
export interface RequestLocation {
  readonly part: Part;
  /** The parameter's name; empty for the body. */
  readonly name: string;
  /** Members on the way to it; `*` stands for any item of a list. */
  readonly members: readonly string[];
  readonly schema: JoinedSchema;
  readonly parameter: CheckedParameter | null;
}

/** Deeper than any contract of ours; a schema that holds itself ends here. */
const MAX_DEPTH = 12;

/** Every place of an operation's requests that has a schema, parameters first. */
export function requestLocations(operation: CheckedOperation): RequestLocation[] {
  const parameters = operation.parameters.map((parameter) => ({
    part: parameter.in,
    name: parameter.name,
    members: [],
    schema: joinSchemas(operation.document, [parameter.schema]),
    parameter,
  }));
  const body = operation.body?.contents[0];
  return [...parameters, ...(body ? bodyLocations(operation, [body.schema], []) : [])];
}

function bodyLocations(
  operation: CheckedOperation,
  place: SchemaPlace,
  members: readonly string[],
): RequestLocation[] {
  if (members.length > MAX_DEPTH) return [];
  const schema = joinSchemas(operation.document, place);
  const own: RequestLocation = { part: "body", name: "", members, schema, parameter: null };
  const below = [...schema.properties].flatMap(([name, property]) =>
    bodyLocations(operation, property, [...members, name]),
  );
  const items = schema.items ? bodyLocations(operation, schema.items, [...members, "*"]) : [];
  return [own, ...below, ...items];
}

/** How a finding and the coverage name a place: `query limit`, or `body` and the members below it. */
export function nameOfLocation({
  part,
  name,
  members,
}: Pick<RequestLocation, "part" | "name" | "members">): string {
  const below = members.map((member) => `/${member}`).join("");
  return [part, name, below].filter((text) => text !== "").join(" ");
}

/** The keywords for which there are no cases, each with its place. */
export function unknownRules(operation: CheckedOperation): Rule[] {
  return requestLocations(operation).flatMap(({ schema }) => schema.unknown);
}
