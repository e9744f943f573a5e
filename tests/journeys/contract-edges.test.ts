import { describe, expect, it } from "@jest/globals";
import { AUDITOR_KEY, sharedPlatform } from "../support/addresses.ts";
import { clientOf } from "../support/client.ts";
import type { Answer } from "../support/client.ts";
import { someObservation, somebody, someTest } from "../support/people.ts";

const { gateway } = sharedPlatform();
const { call, next } = clientOf(gateway);

const newPatient = async (changes: Record<string, unknown> = {}): Promise<string> =>
  (await call("createPatient", { body: somebody(changes) })).body.id;

/** The cursor in an answer's link to the next page. */
function cursorOf({ headers }: Answer): string {
  const link = /^<([^>]+)>/.exec(headers.get("link") ?? "")?.[1] ?? "";
  return new URL(link, gateway).searchParams.get("cursor") ?? "";
}

const pointersOf = ({ body }: Answer) => body.errors.map((one: { pointer: string }) => one.pointer);

describe("texts and dates", () => {
  it.each(["0000", "0000-01", "0000-02-29"])("the year 0000 is none: %s", async (dateOfBirth) => {
    const created = await call("createPatient", { body: somebody({ dateOfBirth }) });
    expect([created.status, pointersOf(created)]).toEqual([400, ["/dateOfBirth"]]);
    for (const name of ["dateOfBirth", "dateOfBirthFrom", "dateOfBirthTo"]) {
      expect((await call("searchPatients", { body: { [name]: dateOfBirth } })).status).toBe(400);
    }
  });

  it("the year 0001 is one", async () => {
    expect((await call("createPatient", { body: somebody({ dateOfBirth: "0001-01-01" }) })).status).toBe(201);
  });

  it.each(["\0", "\u0007", "\u001b[2J", "\u001f"])(
    "a control character is in no text: %j",
    async (control) => {
      const [firstName, insuranceNumber] = [`Vera${control}`, `${control}7`];
      const created = await call("createPatient", { body: somebody({ firstName, insuranceNumber }) });
      expect([created.status, pointersOf(created).sort()]).toEqual([400, ["/firstName", "/insuranceNumber"]]);
      expect((await call("searchPatients", { body: { lastName: control } })).status).toBe(400);
      const path = { patientId: await newPatient() };
      const observations = [someObservation({ measurement: `5${control}` })];
      const test = await call("createTest", { path, body: someTest({ performer: control, observations }) });
      expect([test.status, [...new Set(pointersOf(test))].sort()]).toEqual([
        400,
        ["/observations/0/measurement", "/performer"],
      ]);
    },
  );

  it.each([" ", "   ", "\u00a0", "\t"])("a blank text is none: %j", async (blank) => {
    const changes = { firstName: blank, fullName: blank, postCode: blank.padEnd(4) };
    const created = await call("createPatient", { body: somebody(changes) });
    expect([created.status, [...new Set(pointersOf(created))].sort()]).toEqual([
      400,
      ["/firstName", "/fullName", "/postCode"],
    ]);
  });

  it("an ordinary name of any script is a text", async () => {
    for (const firstName of ["Ngọc Ánh", "أمل", "明 子", "O'Brien-Šťastný", "X Æ"]) {
      expect((await call("createPatient", { body: somebody({ firstName }) })).body.firstName).toBe(firstName);
    }
  });

  it.each([
    ["2026-11-20T08:15:00+02:00", "2026-11-20T06:15:00.000Z"],
    ["2026-11-20T08:15:00.5-03:30", "2026-11-20T11:45:00.500Z"],
    ["2026-11-20T08:15:00Z", "2026-11-20T08:15:00.000Z"],
  ])("a time with an offset is kept in UTC: %s", async (issued, kept) => {
    const path = { patientId: await newPatient() };
    const observations = [someObservation({ issued })];
    const { status, body } = await call("createTest", { path, body: someTest({ observations }) });
    expect([status, body.observations[0].issued]).toEqual([201, kept]);
    const read = await call("getTest", { path: { ...path, testId: body.id } });
    expect(read.body.observations[0].issued).toBe(kept);
  });

  it.each(["2026-11-20T08:15:00", "2026-11-20", "2026-02-30T08:15:00Z", "2026-11-20T08:15:00+2:00"])(
    "a time that is no moment is refused: %s",
    async (issued) => {
      const path = { patientId: await newPatient() };
      const observations = [someObservation({ issued })];
      const { status } = await call("createTest", { path, body: someTest({ observations }) });
      expect(status).toBe(400);
    },
  );
});

describe("conditional requests", () => {
  it.each(["1", '"1', "banana", '"1" "2"', 'w/"1"', '"1", *', "'1'"])(
    "an If-Match that is no list of entity tags is 400: %s",
    async (ifMatch) => {
      const path = { patientId: await newPatient() };
      const headers = { "if-match": ifMatch };
      for (const [operationId, body] of [
        ["updatePatient", somebody()],
        ["deletePatient", undefined],
      ] as const) {
        const answer = await call(operationId, { path, headers, body });
        expect([answer.status, answer.body?.code]).toEqual([400, "request-invalid"]);
        expect(answer.body.errors[0].parameter.toLowerCase()).toBe("if-match");
      }
      expect((await call("getPatient", { path })).headers.get("etag")).toBe('"1"');
    },
  );

  it.each([
    ['"1"', 200],
    ['"7", "1"', 200],
    ["*", 200],
    ['W/"1"', 412],
    ['"7","8"', 412],
    ['""', 412],
  ])("If-Match: %s is answered with %i", async (ifMatch, status) => {
    const path = { patientId: await newPatient() };
    const answer = await call("updatePatient", { path, headers: { "if-match": ifMatch }, body: somebody() });
    expect(answer.status).toBe(status);
  });
});

describe("coded bodies", () => {
  it.each(["gzip", "br", "identity, gzip", "x-canary"])("Content-Encoding: %s is 415", async (coding) => {
    const headers = { "content-encoding": coding };
    const { status, body } = await call("createPatient", { body: somebody(), headers });
    expect([status, body.code]).toEqual([415, "media-type-unsupported"]);
  });

  it("Content-Encoding: identity says nothing", async () => {
    const headers = { "content-encoding": "identity" };
    expect((await call("createPatient", { body: somebody(), headers })).status).toBe(201);
  });
});

describe("pages", () => {
  it("end early when they grow large, and leave out nothing", async () => {
    const patientId = await newPatient();
    // Four bytes each in UTF-8: as large as the contract lets a test be.
    const wide = (length: number) => "🧪".repeat(length);
    const observation = someObservation({
      id: wide(64),
      code: wide(64),
      measurement: wide(256),
      interpretation: wide(64),
    });
    const body = someTest({ observations: Array.from({ length: 100 }, () => observation) });
    const ids: string[] = [];
    for (let count = 0; count < 30; count++) {
      ids.push((await call("createTest", { path: { patientId }, body })).body.id as string);
    }
    const seen: string[] = [];
    const sizes: number[] = [];
    let page: Answer | null = await call("listTests", { path: { patientId } });
    for (; page; page = await next("listTests", page)) {
      seen.push(...page.body.map((one: { id: string }) => one.id));
      sizes.push(Buffer.byteLength(page.text));
    }
    expect(seen).toEqual(ids);
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBeLessThan(8 * 1024 * 1024);
  });

  it("of a search belong to its criteria", async () => {
    const { lastName } = somebody();
    for (let count = 0; count < 3; count++) await newPatient({ lastName });
    const first = await call("searchPatients", { query: { limit: 1 }, body: { lastName } });
    const query = { limit: 1, cursor: cursorOf(first) };
    expect((await call("searchPatients", { query, body: { lastName } })).status).toBe(200);
    // How many a page holds is not among them.
    expect((await call("searchPatients", { query: { ...query, limit: 2 }, body: { lastName } })).status).toBe(
      200,
    );
    for (const body of [{}, { lastName: "Another" }, { lastName, gender: "female" }]) {
      const answer = await call("searchPatients", { query, body });
      expect([answer.status, answer.body.code]).toEqual([400, "cursor-invalid"]);
    }
  });

  it("of a patient's tests and of the register belong to what was asked for", async () => {
    const [one, other] = [await newPatient(), await newPatient()];
    for (const patientId of [one, one, other])
      await call("createTest", { path: { patientId }, body: someTest() });
    const tests = await call("listTests", { path: { patientId: one }, query: { limit: 1 } });
    const cursor = cursorOf(tests);
    const elsewhere = await call("listTests", { path: { patientId: other }, query: { cursor } });
    expect([elsewhere.status, elsewhere.body.code]).toEqual([400, "cursor-invalid"]);
    const asked = { key: AUDITOR_KEY, query: { patientId: one, limit: 1 } };
    const records = { cursor: cursorOf(await call("listAuditRecords", asked)) };
    for (const query of [
      records,
      { ...records, patientId: other },
      { ...records, patientId: one, phase: "intent" },
    ]) {
      const answer = await call("listAuditRecords", { key: AUDITOR_KEY, query });
      expect([answer.status, answer.body.code]).toEqual([400, "cursor-invalid"]);
    }
  });
});
