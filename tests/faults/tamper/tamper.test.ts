import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startLedgerServer, type LedgerServer } from "../../integration/ledger/ledger-fixture.ts";
import { judgeExport, type Judge } from "./judge-export.ts";
import { MUTATIONS } from "./mutations/all-mutations.ts";
import { tableOf, totalsOf } from "./print-table.ts";
import { runClean } from "./run-clean.ts";
import { runTrials } from "./run-trials.ts";

let server: LedgerServer;
beforeAll(async () => (server = await startLedgerServer()));
afterAll(() => server.close());

const kindsOf = (prefix: string) => MUTATIONS.filter(({ kind }) => kind.startsWith(prefix));

describe("tampering", () => {
  it("is found, whatever is done to the documents, and the first bad batch named", async () => {
    const tally = await runTrials({
      server,
      trials: MUTATIONS.length,
      seed: 1,
      judge: judgeExport,
      workers: 2,
    });
    expect(tally.failures).toEqual([]);
    expect(totalsOf(tally)).toEqual({ trials: MUTATIONS.length, found: MUTATIONS.length });
    expect(tableOf(tally)).toContain("fork: edit an entry");
  }, 60_000);

  it("is not suspected where there is none", async () => {
    expect(await runClean({ server, runs: 5, seed: 1, judge: judgeExport })).toEqual([]);
  });
});

describe("the harness itself", () => {
  it.each<[string, string, Judge]>([
    [
      "does not compare with saved checkpoints",
      "rollback",
      (lines, { keys }) => judgeExport(lines, { keys, saved: [] }),
    ],
    [
      "does not judge the end",
      "truncate a stream",
      (lines, auditor) => unlessKind("truncated", lines, auditor),
    ],
    ["does not hash entries", "flip: entry", (lines, auditor) => unlessKind("content", lines, auditor)],
    [
      "does not ask whose key it is",
      "key swap: the last",
      (lines, auditor) => unlessKind("key", lines, auditor),
    ],
  ])("says so when a judge %s", async (_, kind, judge) => {
    const tally = await runTrials({
      server,
      trials: 2,
      seed: 1,
      judge,
      mutations: kindsOf(kind),
      workers: 2,
    });
    expect(totalsOf(tally).found).toBe(0);
    expect(tally.failures).toHaveLength(2);
    expect(tally.failures[0]).toContain("missed");
  });

  it("says so when a judge names another batch, or breaks down", async () => {
    const options = { server, trials: 2, seed: 1, mutations: kindsOf("delete a batch"), workers: 1 };
    const judge: Judge = () => ({ kind: "chain", stream: "s63", seq: 0, message: "" });
    expect((await runTrials({ ...options, judge })).failures[0]).toContain("misplaced");
    const broken = (): never => {
      throw new RangeError("broken");
    };
    expect((await runTrials({ ...options, judge: broken })).failures[0]).toContain("crashed RangeError");
  });

  it("says so when a judge suspects everybody", async () => {
    const judge: Judge = () => ({ kind: "chain", message: "" });
    expect(await runClean({ server, runs: 2, seed: 1, judge })).toHaveLength(2);
  });
});

/** A verifier that lacks a check: what that check alone would have found passes. */
const unlessKind = (kind: string, ...[lines, auditor]: Parameters<Judge>): ReturnType<Judge> => {
  const fault = judgeExport(lines, auditor);
  return fault?.kind === kind ? undefined : fault;
};
