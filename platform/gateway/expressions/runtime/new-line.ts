/** `Environment.NewLine` of the managed gateway, which runs on Windows: indented JSON and `AppendLine` use it. */
export const NEW_LINE = "\r\n";
