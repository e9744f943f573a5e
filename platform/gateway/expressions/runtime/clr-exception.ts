import { ClrValue } from "./clr-value.ts";

/** Base class of each supported exception; the rest of the .NET hierarchy is not visible to policies. */
const BASES: ReadonlyMap<string, string> = new Map([
  ["SystemException", "Exception"],
  ["ApplicationException", "Exception"],
  ["ArgumentException", "SystemException"],
  ["ArgumentNullException", "ArgumentException"],
  ["ArgumentOutOfRangeException", "ArgumentException"],
  ["ArithmeticException", "SystemException"],
  ["DivideByZeroException", "ArithmeticException"],
  ["OverflowException", "ArithmeticException"],
  ["FormatException", "SystemException"],
  ["UriFormatException", "FormatException"],
  ["IndexOutOfRangeException", "SystemException"],
  ["InvalidCastException", "SystemException"],
  ["InvalidOperationException", "SystemException"],
  ["KeyNotFoundException", "SystemException"],
  ["NotImplementedException", "SystemException"],
  ["NotSupportedException", "SystemException"],
  ["NullReferenceException", "SystemException"],
  ["RegexMatchTimeoutException", "TimeoutException"],
  ["TimeoutException", "SystemException"],
  ["UnauthorizedAccessException", "SystemException"],
  ["CryptographicException", "SystemException"],
  ["JsonException", "Exception"],
  ["JsonReaderException", "JsonException"],
  ["JsonSerializationException", "JsonException"],
]);

const NAMESPACES: ReadonlyMap<string, string> = new Map([
  ["KeyNotFoundException", "System.Collections.Generic"],
  ["RegexMatchTimeoutException", "System.Text.RegularExpressions"],
  ["CryptographicException", "System.Security.Cryptography"],
  ["JsonException", "Newtonsoft.Json"],
  ["JsonReaderException", "Newtonsoft.Json"],
  ["JsonSerializationException", "Newtonsoft.Json"],
]);

/** Each supported exception with its base class and namespace; `Exception` has no base. */
export const EXCEPTION_TYPES: readonly { name: string; base: string | null; namespace: string }[] = [
  { name: "Exception", base: null, namespace: "System" },
  ...[...BASES].map(([name, base]) => ({ name, base, namespace: NAMESPACES.get(name) ?? "System" })),
];

/** A .NET exception as a value: what `throw` throws and `catch` binds. */
export class ClrException extends ClrValue {
  readonly name: string;
  readonly message: string;
  readonly inner: ClrException | null;

  constructor(name: string, message: string, inner: ClrException | null = null) {
    super();
    this.name = name;
    this.message = message;
    this.inner = inner;
  }

  get typeName(): string {
    return `${NAMESPACES.get(this.name) ?? "System"}.${this.name}`;
  }

  override text(): string {
    return `${this.typeName}: ${this.message}`;
  }

  /** Whether this is an exception of the named class or of one derived from it. */
  isOf(name: string): boolean {
    for (let current: string | undefined = this.name; current !== undefined; current = BASES.get(current)) {
      if (current === name) return true;
    }
    return false;
  }
}
