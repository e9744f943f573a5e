import { ClrException } from "./clr-exception.ts";

/** Carries a .NET exception through JavaScript; nothing but the evaluator throws or catches it. */
export class Thrown extends Error {
  readonly exception: ClrException;

  constructor(exception: ClrException) {
    super(exception.message);
    this.name = exception.name;
    this.exception = exception;
  }
}

/** Throws a .NET exception of the class and message. */
export function raise(name: string, message: string): never {
  throw new Thrown(new ClrException(name, message));
}

export function raiseNullReference(): never {
  return raise("NullReferenceException", "Object reference not set to an instance of an object.");
}

export function raiseArgumentNull(parameter: string): never {
  return raise("ArgumentNullException", `Value cannot be null.\r\nParameter name: ${parameter}`);
}

export function raiseOutOfRange(parameter: string, problem: string): never {
  return raise("ArgumentOutOfRangeException", `${problem}\r\nParameter name: ${parameter}`);
}

export function raiseIndex(): never {
  return raise("IndexOutOfRangeException", "Index was outside the bounds of the array.");
}

export function raiseKeyNotFound(): never {
  return raise("KeyNotFoundException", "The given key was not present in the dictionary.");
}

export function raiseFormat(message = "Input string was not in a correct format."): never {
  return raise("FormatException", message);
}

export function raiseInvalidOperation(message: string): never {
  return raise("InvalidOperationException", message);
}
