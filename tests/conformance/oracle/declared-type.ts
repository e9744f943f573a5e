import type { CheckedOperation } from "../contract/operation.ts";

/** RFC 9110, 8.3.1: type and subtype in any case; of the parameters only `charset` matters. */
export function isDeclaredType(header: string, { body }: CheckedOperation): boolean {
  const [type = "", ...parameters] = header.toLowerCase().split(";");
  const charset = parameters
    .map((parameter) => parameter.trim())
    .find((parameter) => parameter.startsWith("charset="))
    ?.slice("charset=".length)
    .replaceAll('"', "");
  const isUtf8 = charset === undefined || charset === "utf-8" || charset === "utf8";
  return isUtf8 && (body?.contents.some(({ mediaType }) => mediaType.toLowerCase() === type.trim()) ?? false);
}
