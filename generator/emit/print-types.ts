import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import type { Schema } from "../load/json.ts";
import { formatCode } from "./format-code.ts";
import { codeFile } from "./output.ts";
import { LINES } from "./streamed.ts";

/** What `types.ts` of an API is printed from. */
export interface TypesInputs {
  /** Of the file, relative to `generated/`. */
  readonly path: string;
  /** The contract's file. */
  readonly source: string;
  readonly schemas: Readonly<Record<string, Schema>>;
  /** What the handler of each operation takes and returns, `{ request, response }`, by operationId. */
  readonly operations: Readonly<Record<string, Schema>>;
}

/** The content of `types.ts`. Loads TypeScript, which takes longer than all the rest of the generator. */
export async function printTypes({ path, source, schemas, operations }: TypesInputs): Promise<string> {
  const printed = await print({
    openapi: "3.1.0",
    info: { title: path, version: "0.0.0" },
    paths: {},
    components: { schemas },
    $defs: { type: "object", properties: operations, required: Object.keys(operations) },
  });
  const ids = Object.keys(operations)
    .map((operationId) => `  | "${operationId}"`)
    .join("\n");
  const code = `${keepOwn(printed)}\nexport type OperationId =\n${ids};\n${HANDLERS}`;
  return formatCode(codeFile(path, [source], code).content);
}

const HANDLERS = `
/**
 * What the handler of an operation returns. A handler writes it as its return type, \`Promise<Reply<"…">>\`: only then does
 * the compiler refuse members that the contract does not declare.
 */
export type Reply<Id extends OperationId> = Operations[Id]["response"];

/** The handlers of the API: one for each operation, returning what the contract declares and nothing else. */
export type Handlers<Context> = {
  [K in OperationId]: (request: Operations[K]["request"], context: Context) => Promise<Reply<K>>;
};
`;

async function print(document: object): Promise<string> {
  const nodes = await openapiTS(JSON.stringify(document), {
    silent: true,
    // A default is filled in by whoever reads the value: the client may leave it out.
    defaultNonNullable: false,
    postTransform: printLines,
  });
  return astToString(nodes);
}

/** A stream, where there is the one property that stands for it. */
function printLines(type: ts.TypeNode): ts.TypeNode | undefined {
  if (!ts.isTypeLiteralNode(type)) return undefined;
  const [member] = type.members;
  if (!member || !ts.isPropertySignature(member) || !member.type) return undefined;
  const isLines = ts.isStringLiteral(member.name) && member.name.text === LINES;
  return isLines ? ts.factory.createTypeReferenceNode("AsyncIterable", [member.type]) : undefined;
}

/** Leaves out the parts of the printed document that are empty here, and gives `$defs` its name. */
function keepOwn(printed: string): string {
  return printed
    .replaceAll(/^export type (paths|webhooks|operations) = .*\n/gm, "")
    .replaceAll(/^ {4}(responses|parameters|requestBodies|headers|pathItems): never;\n/gm, "")
    .replaceAll(/^ *\/\*\* @constant \*\/\n/gm, "")
    .replaceAll('"#absent"', "undefined")
    .replaceAll('"#never"', "never")
    .replaceAll('"#empty"', "Record<never, never>")
    .replace(
      "export interface $defs {",
      "/** What the handler of each operation takes and returns. Problems are thrown, not returned. */\nexport interface Operations {",
    );
}
