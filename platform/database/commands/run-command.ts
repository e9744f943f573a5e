import { CommandError, errorCodes } from "../errors.ts";
import type { Document } from "../values/document.ts";
import { encodeDocument } from "../values/document.ts";
import { commands } from "./registry.ts";
import type { CommandContext } from "./command.ts";
import { assertGenericFields, genericFields } from "./generic-fields.ts";
import { assertFields, requireString } from "./read-field.ts";

/**
 * Runs one command.
 *
 * @param body the command's name is its first field
 * @returns the BSON of the answer, a refusal included
 * @throws {Error} anything but a {@link CommandError}: a fault of the server or of the disk
 */
export function runCommand(body: Document, context: Omit<CommandContext, "database">): Uint8Array {
  try {
    const answer = dispatch(body, context);
    return answer instanceof Uint8Array ? answer : encodeDocument(answer);
  } catch (error) {
    if (error instanceof CommandError) return encodeDocument(refusal(error));
    throw error;
  }
}

/** The answer to a command that was refused. */
export function refusal({ message, code, codeName, details }: CommandError): Document {
  return { ok: 0, errmsg: message, code, codeName, ...details };
}

/** The answer to a command that the server failed to run; what went wrong may hold data, so it is not told. */
export function failure(): Uint8Array {
  return encodeDocument({
    ok: 0,
    errmsg: "The embedded development database failed to run or to store this command",
    code: errorCodes.InternalError,
    codeName: "InternalError",
  });
}

function dispatch(body: Document, context: Omit<CommandContext, "database">): Document | Uint8Array {
  const [name = ""] = Object.keys(body);
  const command = commands.get(name.toLowerCase());
  if (!command) throw new CommandError("CommandNotFound", `no such command: '${name.slice(0, 64)}'`);
  assertFields(name, body, [name, ...command.fields, ...genericFields]);
  assertGenericFields(body);
  return command.run(body, { ...context, database: requireString(body, "$db") });
}
