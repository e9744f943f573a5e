import * as estree from "prettier/plugins/estree";
import * as typescript from "prettier/plugins/typescript";
import { format } from "prettier/standalone";

/** Formats TypeScript as the rest of the repository is. */
export function formatCode(code: string): Promise<string> {
  return format(code, { parser: "typescript", plugins: [typescript, estree], printWidth: 110 });
}
