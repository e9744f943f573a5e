import { isUtf8 } from "node:buffer";
import {
  LedgerFaultError,
  type LedgerFault,
  type LedgerVerifier,
  type VerifiedLedger,
} from "../../../runtime/ledger/ledger-verifier.ts";
import type { Source } from "./open-source.ts";
import { readLines, type Line } from "./read-lines.ts";
import { UnjudgedError } from "./unjudged-error.ts";

/** What was found. `line` is where a fault was noticed; there is none for what is only known at the end. */
export type Verdict =
  | { readonly kind: "verified"; readonly verified: VerifiedLedger }
  | { readonly kind: "fault"; readonly fault: LedgerFault; readonly line?: number };

export interface VerifyOptions {
  readonly source: Source;
  readonly verifier: LedgerVerifier;
  /** Is called after every line. */
  readonly onLine?: () => void;
  /** The longest line that is read, in bytes. Default: 16 MiB; a batch is stored in less than 1 MB. */
  readonly maxLineBytes?: number;
}

const MAX_LINE_BYTES = 16_777_216;

/**
 * Verifies an export as it is read.
 * @throws {UnjudgedError} when it is no export, or was cut off on its way: what is cut off by a broken transport ends in the
 * middle of a line, what was cut off by somebody who knows the form ends with a line, and is a fault
 */
export async function verifyExport(options: VerifyOptions): Promise<Verdict> {
  const { source, verifier, onLine, maxLineBytes = MAX_LINE_BYTES } = options;
  let last: Line | undefined;
  try {
    for await (const line of readLines(source.chunks, maxLineBytes)) {
      last = line;
      expectExport(line, source);
      accept(verifier, line, source, maxLineBytes);
      onLine?.();
    }
  } catch (error) {
    if (error instanceof LedgerFaultError)
      return { kind: "fault", fault: error.fault, ...(last && { line: last.number }) };
    throw error;
  }
  if (!last) throw new UnjudgedError(`${source.name}: there is nothing in it`);
  return finish(verifier, last, source);
}

function accept(verifier: LedgerVerifier, line: Line, { name }: Source, maxBytes: number): void {
  const text = line.bytes.toString("utf8");
  if (line.isTooLong) verifier.refuse(text, `the line is longer than ${maxBytes} bytes`);
  if (!line.isEnded && !isJson(text))
    throw new UnjudgedError(
      `${name}:${line.number}: it breaks off in the middle of a line, as a download does that was cut off: take it again`,
    );
  if (!isUtf8(line.bytes)) verifier.refuse(text, "the line is not UTF-8");
  verifier.acceptText(text);
}

function finish(verifier: LedgerVerifier, last: Line, { name }: Source): Verdict {
  try {
    return { kind: "verified", verified: verifier.finish() };
  } catch (error) {
    if (!(error instanceof LedgerFaultError)) throw error;
    const { fault } = error;
    if (fault.kind === "truncated" && !last.isEnded)
      throw new UnjudgedError(
        `${name}:${last.number}: it breaks off before the end of a line, as a download does that was cut off: take it again`,
      );
    return { kind: "fault", fault };
  }
}

/** A file that was named by mistake is not an export that was tampered with. */
function expectExport({ number, bytes }: Line, { name }: Source): void {
  if (number === 1 && !bytes.subarray(0, 8).equals(BEGINNING))
    throw new UnjudgedError(`${name}:1: this is no export: it does not begin with {"type":`);
}

const BEGINNING = Buffer.from('{"type":');

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
