import { keyIdOf } from "../../../runtime/ledger/checkpoint.ts";
import type { LedgerFault, VerifiedLedger } from "../../../runtime/ledger/ledger-verifier.ts";
import { grouped } from "./progress.ts";

/** What an export was held against. */
export interface Grounds {
  /** How many checkpoints of `--checkpoint`. */
  readonly saved: number;
  /** The sequences of the second place's, the lowest first. */
  readonly published: readonly number[];
  /** Where trust begins: keys that were given, those of the saved checkpoints, or nowhere. */
  readonly trust: "keys" | "saved" | "first use";
}

/** What is printed of an export in which nothing is wrong. @param seconds what it took */
export function describeVerified(verified: VerifiedLedger, grounds: Grounds, seconds: number): string {
  const { ledger, records, batches, streams, checkpoint } = verified;
  const speed = grouped(Math.round(records / Math.max(seconds, 0.001)));
  return printable(
    [
      `verified   ${grouped(records)} records in ${grouped(batches)} batches of ${streams} ${streams === 1 ? "stream" : "streams"}`,
      `ledger     ${ledger}`,
      `ends at    checkpoint ${checkpoint.sequence} of ${checkpoint.time}`,
      `signed by  ${keyIdOf(checkpoint.key)}, ${TRUST[grounds.trust]}`,
      `compared   ${comparison(grounds)}`,
      `speed      ${speed} records/s, ${seconds.toFixed(1)} s`,
    ].join("\n"),
  );
}

/** What is printed of a fault: one line that names kind, stream and first bad sequence. @param where the file and line */
export function describeFault({ kind, stream, seq, since, message }: LedgerFault, where: string): string {
  const place = stream === undefined ? "" : ` in stream ${stream}${sequences(kind, seq, since)}`;
  return printable(`fault: ${kind}${place}: ${message} (${where})`);
}

const TRUST: Readonly<Record<Grounds["trust"], string>> = {
  keys: "trusted by the keys that were given",
  saved: "trusted by the keys of the saved checkpoints",
  "first use":
    "TRUSTED ON FIRST USE: the key comes with what is verified, and nobody vouches for it; compare it with the register's, and give it with --key",
};

/** Only a checkpoint that was saved tells of batches that were made anew: of the first of them, no more than a range. */
function sequences(kind: LedgerFault["kind"], seq: number | undefined, since: number | undefined): string {
  if (seq === undefined) return "";
  if (kind === "history" && since !== undefined && since < seq)
    return `, first bad sequence between ${since} and ${seq}`;
  return `, first bad sequence ${seq}`;
}

function comparison({ saved, published }: Grounds): string {
  if (saved + published.length === 0)
    return "with no checkpoint: that the end was cut off, or all of it made anew, would not show; save one with --save";
  const [first = 0, last = 0] = [published.at(0), published.at(-1)];
  const missing = last - first + 1 - published.length;
  const range = `${grouped(published.length)} published checkpoints, ${first} to ${last}${missing === 0 ? "" : `, ${missing} of them missing`}`;
  const parts = [
    saved > 0 && `${saved} saved checkpoint${saved === 1 ? "" : "s"}`,
    published.length > 0 && range,
  ];
  return `with ${parts.filter((part) => part !== false).join(" and ")}`;
}

/** What an export says is printed to a terminal, and may be made to command it. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{C}\n]/gu, "\ufffd");
}
