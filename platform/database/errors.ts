import type { Document } from "./values/document.ts";

/**
 * MongoDB's error codes that this server answers with, by `codeName`.
 * A name `Location…` is MongoDB's own way to name a code that has no symbol.
 *
 * Source: `src/mongo/base/error_codes.yml` of the MongoDB server.
 */
export const errorCodes = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  TypeMismatch: 14,
  Overflow: 15,
  AuthenticationFailed: 18,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  InvalidPipelineOperator: 168,
  CannotIndexParallelArrays: 171,
  NotImplemented: 238,
  OperationNotSupportedInTransaction: 263,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  Location31249: 31249,
  Location31254: 31254,
  Location40323: 40323,
  Location40324: 40324,
  Location40414: 40414,
  Location40415: 40415,
  Location40573: 40573,
  Location51091: 51091,
} as const;

/** A `codeName` of MongoDB's. */
export type ErrorName = keyof typeof errorCodes;

/** A refusal that the client is told of; nothing has been written when it is thrown for a document. */
export class CommandError extends Error {
  readonly codeName: ErrorName;
  readonly code: number;
  /** Further fields of the answer, such as `keyPattern` and `keyValue` of a duplicate key. */
  readonly details: Document;

  constructor(codeName: ErrorName, message: string, details: Document = {}) {
    super(message);
    this.name = "CommandError";
    this.codeName = codeName;
    this.code = errorCodes[codeName];
    this.details = details;
  }
}

/** The refusal of something that MongoDB has and this server lacks: code 238, `NotImplemented`. */
export function notImplemented(what: string): CommandError {
  return new CommandError("NotImplemented", `The embedded development database does not support ${what}`);
}
