/** Whether a path segment's decoded value may stand for a parameter. */
export type RouteConstraint = (value: string) => boolean;

/**
 * Makes the inline constraint of a route parameter, such as `guid` or `length(1,20)`.
 *
 * @returns `undefined` for a constraint that this host does not know
 * @see https://learn.microsoft.com/aspnet/core/fundamentals/routing#route-constraints
 */
export function createRouteConstraint(text: string): RouteConstraint | undefined {
  const [, name = "", list] = /^([a-z]+)(?:\(([^()]*)\))?$/i.exec(text) ?? [];
  const args =
    list === undefined ? [] : list.split(",").map((each) => (INTEGER.test(each.trim()) ? Number(each) : NaN));
  if (args.some(Number.isNaN)) return undefined;
  return CONSTRAINTS[name.toLowerCase()]?.(args);
}

const INTEGER = /^-?\d+$/;

type ConstraintFactory = (args: readonly number[]) => RouteConstraint | undefined;

const CONSTRAINTS: Record<string, ConstraintFactory> = {
  alpha: none((value) => /^[a-z]*$/i.test(value)),
  bool: none((value) => /^(?:true|false)$/i.test(value)),
  decimal: none(isNumber),
  double: none(isNumber),
  float: none(isNumber),
  guid: none(isGuid),
  int: none((value) => isWithin(value, -(2n ** 31n), 2n ** 31n - 1n)),
  long: none((value) => isWithin(value, -(2n ** 63n), 2n ** 63n - 1n)),
  required: none((value) => value !== ""),
  min: one((least) => (value) => isWithin(value, BigInt(least), 2n ** 63n - 1n)),
  max: one((most) => (value) => isWithin(value, -(2n ** 63n), BigInt(most))),
  range: two((least, most) => (value) => isWithin(value, BigInt(least), BigInt(most))),
  minlength: one((least) => (value) => value.length >= least),
  maxlength: one((most) => (value) => value.length <= most),
  length: (args) =>
    args.length === 1
      ? one((exact) => (value) => value.length === exact)(args)
      : two((least, most) => (value) => value.length >= least && value.length <= most)(args),
};

function none(constraint: RouteConstraint): ConstraintFactory {
  return (args) => (args.length === 0 ? constraint : undefined);
}

function one(create: (argument: number) => RouteConstraint): ConstraintFactory {
  return ([argument, ...rest]) => (argument === undefined || rest.length > 0 ? undefined : create(argument));
}

function two(create: (first: number, second: number) => RouteConstraint): ConstraintFactory {
  return ([first, second, ...rest]) =>
    first === undefined || second === undefined || rest.length > 0 ? undefined : create(first, second);
}

function isNumber(value: string): boolean {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value);
}

function isWithin(value: string, least: bigint, most: bigint): boolean {
  if (!/^[+-]?\d{1,30}$/.test(value)) return false;
  const number = BigInt(value.replace("+", ""));
  return number >= least && number <= most;
}

/** The forms of .NET's `Guid.TryParse` that fit into a path: with dashes, bare or in brackets, or 32 digits. */
function isGuid(value: string): boolean {
  const isBracketed = /^(?:\{.*\}|\(.*\))$/.test(value);
  return DASHED_GUID.test(isBracketed ? value.slice(1, -1) : value) || /^[0-9a-f]{32}$/i.test(value);
}

const DASHED_GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
