/** A text field of something that was thrown, such as `message` or `code`; also of an error of another realm. */
export function errorField(error: unknown, field: "message" | "code"): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const value: unknown = Reflect.get(error, field);
  return typeof value === "string" ? value : undefined;
}
