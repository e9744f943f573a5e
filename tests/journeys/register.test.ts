import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import type { Checkpoint } from "../../runtime/ledger/checkpoint.ts";
import { parseExportLine } from "../../runtime/ledger/export-line.ts";
import { leafHash } from "../../runtime/ledger/hash.ts";
import { LedgerVerifier } from "../../runtime/ledger/ledger-verifier.ts";
import { verifyConsistency, verifyInclusion } from "../../runtime/ledger/proofs.ts";
import { AUDITOR_KEY, sharedPlatform } from "../support/addresses.ts";
import { clientOf, request } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import { somebody } from "../support/people.ts";
import { nextCheckpoint, recordsOf, sealedRecord } from "../support/register.ts";
import { newTrace } from "../support/trace.ts";

const shared = sharedPlatform();
const { gateway, stateDirectory } = shared;
const { call } = clientOf(gateway);
const ask = (operationId: string, path: Record<string, string> = {}) =>
  call(operationId, { path, key: AUDITOR_KEY });

/** What an auditor does who trusts nobody. */
describe("the register", () => {
  it("proves a record, once a checkpoint has seen it", async () => {
    const pending = await eventually(async () => {
      const [newest] = await recordsOf(gateway, { limit: 1 });
      const answer = await ask("getAuditRecordProof", { recordId: newest?.id ?? "" });
      return answer.status === 409 ? answer : null;
    });
    expect(pending.body.code).toBe("proof-pending");
    expect(pending.headers.get("retry-after")).toBe("5");

    const recordId = await sealedRecord(shared);
    const { body: proof } = await ask("getAuditRecordProof", { recordId });
    const { entry, leaf, stream, index, path, checkpoint } = proof;
    expect(JSON.parse(entry as string)).toMatchObject({ id: recordId });
    expect(leafHash(entry as string)).toBe(leaf);
    const head = (checkpoint as Checkpoint).streams.find((one) => one.stream === stream);
    expect(head && verifyInclusion(leaf, index, head.size, path, head.root)).toBe(true);
  });

  it("proves that it has only grown between two checkpoints", async () => {
    await nextCheckpoint(shared);
    const { body: latest } = await ask("getLatestCheckpoint");
    const { status, body } = await ask("getConsistencyProof", { from: "0", to: String(latest.sequence) });
    expect(status).toBe(200);
    const { from, to, streams } = body as {
      from: Checkpoint;
      to: Checkpoint;
      streams: { stream: string; path: string[] }[];
    };
    for (const { stream, path } of streams) {
      const [one, other] = [from, to].map((each) => each.streams.find((head) => head.stream === stream));
      expect(one && other && verifyConsistency(one, other, path)).toBe(true);
    }
    const backwards = await ask("getConsistencyProof", { from: "1", to: "0" });
    expect([backwards.status, backwards.body.errors]).toEqual([
      400,
      [{ parameter: "from", code: "maximum", message: "must not be after `to`" }],
    ]);
  });

  it("publishes every checkpoint to the second place, as it serves it", async () => {
    const { sequence } = await nextCheckpoint(shared);
    const directory = join(`${stateDirectory}-checkpoints`, "checkpoints");
    const names = (await readdir(directory)).filter((name) => name.endsWith(".json")).sort();
    expect(names.slice(0, sequence)).toEqual(
      Array.from({ length: sequence }, (_, index) => `${String(index).padStart(12, "0")}.json`),
    );
    const published: unknown = JSON.parse(await readFile(join(directory, names[0] ?? ""), "utf8"));
    const { body } = await ask("getConsistencyProof", { from: "0", to: "0" });
    expect(body.from).toEqual(published);
  });

  it("exports itself, so that anybody can verify it offline; the export is recorded", async () => {
    const patientId: string = (await call("createPatient", { body: somebody() })).body.id;
    const saved = await nextCheckpoint(shared);
    const { traceId, headers } = newTrace();
    const { status, text } = await call("exportAuditRecords", { headers, key: AUDITOR_KEY });
    expect(status).toBe(200);
    const verifier = new LedgerVerifier({ keys: [saved.key], saved: [saved] });
    for (const line of text.trimEnd().split("\n")) verifier.accept(parseExportLine(line));
    expect(verifier.finish().checkpoint.sequence).toBeGreaterThanOrEqual(saved.sequence);
    // The ids of people are sealed.
    expect(text).not.toContain(patientId);
    const records = await recordsOf(gateway, { traceId });
    expect(records.map(({ phase, outcome }) => [phase, outcome])).toEqual([
      ["outcome", { code: 0, status: 200 }],
      ["intent", undefined],
    ]);
  });

  it("erases a person, and stays verifiable", async () => {
    const patientId: string = (await call("createPatient", { body: somebody() })).body.id;
    const saved = await nextCheckpoint(shared);
    const { apps, keys } = shared;
    const { traceId, headers } = newTrace();
    const erased = await request("POST", `${apps.audit ?? ""}/auditsubjects/erasures`, {
      key: null,
      headers: { ...headers, "x-functions-key": keys.audit?.hostKeys.default ?? "" },
      body: { ids: [patientId, randomUUID()] },
    });
    expect([erased.status, erased.body]).toEqual([200, { erased: 1 }]);
    // Who asks for the person by id still finds how often the person was accessed, and no id.
    const records = await recordsOf(gateway, { patientId });
    expect(records.map(({ phase }) => phase)).toEqual(["outcome", "intent"]);
    expect(JSON.stringify(records)).not.toContain(patientId);
    expect(records[0]?.patientId).toBe("00000000-0000-0000-0000-000000000000");
    const { text } = await call("exportAuditRecords", { key: AUDITOR_KEY });
    const verifier = new LedgerVerifier({ keys: [saved.key], saved: [saved] });
    for (const line of text.trimEnd().split("\n")) verifier.accept(parseExportLine(line));
    expect(verifier.finish().records).toBeGreaterThan(0);
    const recorded = await recordsOf(gateway, { traceId });
    expect(recorded.map(({ phase, operationId }) => [phase, operationId])).toEqual([
      ["outcome", "eraseSubjects"],
      ["intent", "eraseSubjects"],
    ]);
    expect(JSON.stringify(recorded)).not.toContain(patientId);
  });

  it("records an export whose client goes away, with how far it went", async () => {
    const { traceId, headers } = newTrace();
    const leave = new AbortController();
    const response = await fetch(`${gateway}/audit/export`, {
      headers: { ...headers, "ocp-apim-subscription-key": AUDITOR_KEY },
      signal: leave.signal,
    });
    // Nobody reads: what has been sent fills the buffers in between only when the export is larger than they are.
    expect(response.status).toBe(200);
    leave.abort();
    const [outcome] = await eventually(async () => {
      const records = await recordsOf(gateway, { traceId });
      return records.length === 2 ? records : null;
    });
    expect([
      { code: 0, status: 200 },
      { code: 4, status: 200, error: "aborted" },
    ]).toContainEqual(outcome?.outcome);
  });
});
