import * as estree from "prettier/plugins/estree";
import * as typescript from "prettier/plugins/typescript";
import { format } from "prettier/standalone";
import type { OutputFile } from "./output.ts";

/** Formats TypeScript as the rest of the repository is; leaves any other file as its emitter wrote it. */
export async function formatCode(file: OutputFile): Promise<OutputFile> {
  if (!file.path.endsWith(".ts")) return file;
  const content = await format(file.content, {
    parser: "typescript",
    plugins: [typescript, estree],
    printWidth: 110,
  });
  return { path: file.path, content };
}
