import { parseArgs } from "node:util";
import { messageOf, UsageError } from "./unjudged-error.ts";

/** What was asked for on the command line. */
export interface CommandOptions {
  /** A file, `-` for standard input, or the address of an export. */
  readonly source: string;
  /** Files of checkpoints that were saved before. */
  readonly checkpoints: readonly string[];
  /** Files of public keys. */
  readonly keys: readonly string[];
  /** Where the checkpoint that the export ends at is saved for the next time. */
  readonly save?: string;
  /** A folder of published checkpoints. */
  readonly published?: string;
}

export const USAGE =
  "usage: npm run audit:verify -- <export file | - | url> [--checkpoint FILE]... [--key FILE]... [--published DIR] [--save FILE]\n" +
  "  --checkpoint FILE  a checkpoint that was saved before: the export must hold all that it has seen\n" +
  "  --key FILE         a public key that is trusted (JWK); without it, the keys of the saved checkpoints\n" +
  "  --published DIR    the second place's checkpoints: each is compared as well\n" +
  "  --save FILE        saves the checkpoint that the export ends at, when all is well\n" +
  "  For a url, the subscription key is read from the environment variable AUDIT_KEY.\n" +
  "ends with 0 when all is verified, 1 when tampering was found, 2 when nothing can be said";

/** @throws {UsageError} for arguments that are not known, or a secret among them */
export function readOptions(args: readonly string[]): CommandOptions {
  const { values, positionals } = parse(args);
  const [source, ...more] = positionals;
  if (source === undefined || more.length > 0)
    throw new UsageError(`one export is expected, ${positionals.length} are named`);
  if (isUrl(source)) expectNoSecret(source);
  return {
    source,
    checkpoints: values.checkpoint ?? [],
    keys: values.key ?? [],
    ...(values.save !== undefined && { save: values.save }),
    ...(values.published !== undefined && { published: values.published }),
  };
}

/** Whether a source is an address. */
export function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        checkpoint: { type: "string", multiple: true },
        key: { type: "string", multiple: true },
        save: { type: "string" },
        published: { type: "string" },
      },
    });
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

/** Arguments are seen by every process of the machine and stay in the shell's history. */
function expectNoSecret(source: string): void {
  if (!URL.canParse(source)) throw new UsageError("the url cannot be read");
  const { username, password, searchParams } = new URL(source);
  const names = [...searchParams.keys()].map((name) => name.toLowerCase());
  if (
    username !== "" ||
    password !== "" ||
    names.some((name) => name === "subscription-key" || name === "code")
  )
    throw new UsageError("a key does not belong in the url: set AUDIT_KEY");
}
