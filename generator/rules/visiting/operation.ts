import { METHODS } from "../../load/grammar.ts";
import { isObject } from "../../load/json.ts";
import type { Spot } from "./spot.ts";

/** An operation as rules look at it. */
export interface Operation {
  /** In lower case. */
  readonly method: string;
  readonly path: string;
  readonly spot: Spot;
  /** Its own, and those of its path that it does not replace. */
  readonly parameters: readonly Spot[];
  readonly responses: readonly [status: string, response: Spot][];
  /** On the gateway: not `x-internal`. */
  readonly isPublic: boolean;
}

export function operationsOf(document: Spot): Operation[] {
  return document
    .at("paths")
    .members()
    .flatMap(([path, item]) =>
      METHODS.filter((method) => isObject(item.object[method])).map((method) =>
        describeOperation(method, path, item),
      ),
    );
}

/** The parameter of an operation by its place and name; names of headers know no case. */
export function parameterOf({ parameters }: Operation, place: string, name: string): Spot | undefined {
  return parameters.find((parameter) => keyOf(parameter) === keyFor(place, name));
}

/** Whether an operation has no such parameter. Not when a reference leads nowhere: it may be that one. */
export function lacksParameter(operation: Operation, place: string, name: string): boolean {
  const isWhole = operation.parameters.every(({ exists }) => exists);
  return isWhole && parameterOf(operation, place, name) === undefined;
}

function describeOperation(method: string, path: string, item: Spot): Operation {
  const spot = item.at(method);
  const parameters = new Map(
    [...item.at("parameters").items(), ...spot.at("parameters").items()].map((one) => [keyOf(one), one]),
  );
  return {
    method,
    path,
    spot,
    parameters: [...parameters.values()],
    responses: spot.at("responses").members(),
    isPublic: spot.object["x-internal"] !== true,
  };
}

function keyOf(parameter: Spot): string {
  return keyFor(parameter.text("in"), parameter.text("name"));
}

function keyFor(place: string, name: string): string {
  return `${place} ${place === "header" ? name.toLowerCase() : name}`;
}
