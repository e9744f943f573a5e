import { ClrException, EXCEPTION_TYPES as NAMES } from "../runtime/clr-exception.ts";
import { defineType, type TypeDefinition } from "../types/type-definition.ts";

const MEMBERS = {
  "string Message": (self: ClrException) => self.message,
  "Exception InnerException": (self: ClrException) => self.inner,
  "string StackTrace": () => "",
  "string Source": () => "",
  "Exception GetBaseException()": (self: ClrException) => {
    let innermost = self;
    while (innermost.inner !== null) innermost = innermost.inner;
    return innermost;
  },
};

/** The exception classes. */
export const EXCEPTION_TYPES: readonly TypeDefinition[] = NAMES.map(({ name, base, namespace }) =>
  defineType(`class ${namespace}.${name}${base === null ? "" : ` : ${base}`}`, {
    holds: (value) => value instanceof ClrException && value.isOf(name),
    constructors: {
      "()": () => new ClrException(name, `Exception of type '${namespace}.${name}' was thrown.`),
      "(string? message)": (message: string | null) => new ClrException(name, message ?? ""),
      "(string? message, Exception? inner)": (message: string | null, inner: ClrException | null) =>
        new ClrException(name, message ?? "", inner),
    },
    instance: base === null ? MEMBERS : {},
  }),
);
