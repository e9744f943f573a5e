import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../finding.ts";
import { LEDGER, parseLedger, type Ledger } from "./ledger.ts";

/** The ledger of a `generated/` folder, or why there is none that could be used. */
export interface LedgerReading {
  readonly ledger: Ledger | undefined;
  /** Absent when there is no ledger at all. */
  readonly fault: Finding | undefined;
}

/** Reads the ledger of a folder. One that cannot be read, after a merge say, is a finding and never a failure. */
export function readLedger(folder: string): LedgerReading {
  const file = join(folder, LEDGER);
  if (!existsSync(file)) return { ledger: undefined, fault: undefined };
  const text = readFileSync(file, "utf8");
  try {
    const ledger = parseLedger(text);
    return { ledger, fault: ledger ? undefined : fault(1, "is no ledger") };
  } catch (error) {
    return { ledger: undefined, fault: syntaxFault(text, error) };
  }
}

function syntaxFault(text: string, error: unknown): Finding {
  const conflict = text.split("\n").findIndex((line) => /^(<{7}|={7}|>{7})/.test(line));
  if (conflict >= 0) return fault(conflict + 1, "holds a merge conflict");
  const message = error instanceof Error ? error.message : String(error);
  const line = /line (\d+)/.exec(message)?.[1];
  return fault(Number(line ?? 1), "is no JSON");
}

function fault(line: number, what: string): Finding {
  return {
    file: `generated/${LEDGER}`,
    line,
    column: 1,
    severity: "error",
    rule: "drift/ledger",
    message: `the ledger ${what}: what was generated from what is not known`,
    hint: "npm run generate writes it anew",
  };
}
