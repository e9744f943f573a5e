import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { eventually } from "../../support/eventually.ts";
import { throttle } from "../proxy/throttle.ts";
import { seededRandom } from "../tamper/random.ts";
import { alarms, changedAfterAll, drained, registered, tally, unaudited } from "./account.ts";
import { driver } from "./drive.ts";
import type { Driver } from "./drive.ts";
import { lostUpdates } from "./lost-updates.ts";
import { waysOfBeingAway } from "./register-away.ts";
import { startParts } from "./start-parts.ts";
import type { Parts } from "./start-parts.ts";

const SERVED = ["200", "201", "404 patient-not-found"];
const UNAVAILABLE = ["503 database-unavailable", "503 audit-unavailable"];

/** In seconds there is no room for those that look the same to the app as another one. */
const DISTINCT = waysOfBeingAway.filter(({ likeAnother = false }) => !likeAnother);

/** Promises 3 and 7 in seconds; `main.ts` does the same for minutes. */
describe("under load", () => {
  let parts: Parts;
  let client: Driver;

  beforeAll(async () => {
    parts = await startParts();
    client = await driver(parts.patient);
  });

  beforeEach(() => client.forget());

  afterAll(async () => {
    await client.close();
    await parts.stop();
  });

  /** Asks until the Patient app has told that the register is back as often as that it was away. */
  async function knownToBeBack(): Promise<void> {
    const told = (event: string) => parts.lines.filter((line) => line.includes(event)).length;
    await eventually(async () => {
      await client.next();
      return told('"register-away"') === told('"register-back"');
    });
  }

  async function expectEverythingRecorded(): Promise<void> {
    await drained(parts);
    expect(unaudited(client.sent, await registered(parts, { from: client.since }))).toEqual([]);
    expect(await changedAfterAll(parts, client.sent)).toEqual([]);
    expect(alarms(parts)).toEqual([]);
  }

  describe.each(DISTINCT)("with the register away because $name", ({ leave }) => {
    it("every request is served, and recorded in the end, once", async () => {
      const comeBack = await leave(parts);
      try {
        await client.drive(28);
      } finally {
        await comeBack();
      }
      expect(Object.keys(tally(client.sent)).sort()).toEqual(SERVED);
      await knownToBeBack();
      await expectEverythingRecorded();
    });
  });

  describe("with the register away, and the outbox too", () => {
    const outboxAway = ({ collection }: { readonly collection: string }) =>
      collection === "outbox" ? ({ refuse: { code: 1, message: "no space" } } as const) : "pass";

    it("nothing is read or changed, and service returns", async () => {
      await parts.line.suffer("refuse");
      // Those that are under way when it happens are not those that are judged here.
      await client.drive(7);
      client.forget();
      const touched: string[] = [];
      parts.data.patient.line.judge((command) => {
        if (["patients", "tests"].includes(command.collection)) touched.push(command.name);
        return outboxAway(command);
      });
      await client.drive(28);
      expect(tally(client.sent)).toEqual({ "503 audit-unavailable": 28 });
      expect(client.sent.map(({ answer }) => answer?.retryAfter)).toEqual(client.sent.map(() => "1"));
      expect(touched).toEqual([]);
      parts.data.patient.line.judge(() => "pass");
      await client.drive(14);
      await parts.line.suffer("none");
      await knownToBeBack();
      await expectEverythingRecorded();
    });
  });

  it("with the patient's database gone, every request is a 503, recorded as one", async () => {
    await knownToBeBack();
    client.forget();
    const { data } = parts;
    data.patient.leave();
    try {
      await client.drive(14);
    } finally {
      data.patient.comeBack();
    }
    const kinds = Object.keys(tally(client.sent));
    expect(kinds).toContain("503 database-unavailable");
    // On a busy machine the register may be late, and there is no outbox either.
    expect(kinds.filter((kind) => !UNAVAILABLE.includes(kind))).toEqual([]);
    expect(client.sent.every(({ answer }) => Number(answer?.retryAfter) >= 1)).toBe(true);
    await eventually(async () => (await client.next()).answer?.status === 200);
    await expectEverythingRecorded();
  });

  it.each([0.05, 0.2])("with both databases throttling %d of all: nothing is lost", async (share) => {
    const random = seededRandom(share * 100);
    let throttled = 0;
    const judge = throttle({ share, random, onThrottled: () => throttled++ });
    for (const { line } of Object.values(parts.data)) line.judge(judge);
    try {
      await client.drive(84);
    } finally {
      for (const { line } of Object.values(parts.data)) line.judge(() => "pass");
    }
    expect(throttled).toBeGreaterThan(10);
    const answers = tally(client.sent);
    expect(Object.keys(answers).filter((kind) => ![...SERVED, ...UNAVAILABLE].includes(kind))).toEqual([]);
    await knownToBeBack();
    await expectEverythingRecorded();
  });

  it("no update is lost, throttled or not", async () => {
    const race = () => lostUpdates(parts, { clients: 6, updates: 5, apps: [parts.patient] });
    const calm = await race();
    expect(calm).toMatchObject({ acknowledged: 30, stored: 30, unknown: 0, unexpected: {} });
    expect(calm.lostRaces).toBeGreaterThan(0);
    parts.data.patient.line.judge(throttle({ share: 0.1, random: seededRandom(3) }));
    const throttled = await race();
    parts.data.patient.line.judge(() => "pass");
    expect(throttled).toMatchObject({ acknowledged: 30, unexpected: {} });
    expect(throttled.stored).toBeGreaterThanOrEqual(30);
    expect(throttled.stored).toBeLessThanOrEqual(30 + throttled.unknown);
    expect(alarms(parts)).toEqual([]);
  });
});
