import { describe, expect, it } from "@jest/globals";
import { sharedPlatform } from "../support/addresses.ts";
import { clientOf, request } from "../support/client.ts";
import { somebody, someTest, UNKNOWN_ID } from "../support/people.ts";
import { recordsOf } from "../support/register.ts";

const { gateway } = sharedPlatform();
const { call, next } = clientOf(gateway);

const create = async (changes: Record<string, unknown> = {}) =>
  (await call("createPatient", { body: somebody(changes) })).body;

/** PRODUCT.md, "Where the reference is wrong, and this is right": a test for each row. */
describe("where the reference is wrong", () => {
  it.each([
    ["1984-05-17", { dateOfBirth: "1984-05-17" }, true],
    ["1984-05-17", { dateOfBirth: "1984-05" }, true],
    ["1984-05-17", { dateOfBirth: "1984-06" }, false],
    ["1984", { dateOfBirth: "1984-05-17" }, true],
    ["1984-05", { dateOfBirthFrom: "1984-05-20" }, true],
    ["1984-05", { dateOfBirthFrom: "1984-06" }, false],
    ["1984-02", { dateOfBirthFrom: "1984-02-29", dateOfBirthTo: "1984" }, true],
    ["1985-02", { dateOfBirthTo: "1985-01-31" }, false],
  ])("a birth in %s matches the search %j: %s", async (dateOfBirth, criteria, matches) => {
    const { id, lastName } = await create({ dateOfBirth });
    const { body } = await call("searchPatients", { body: { lastName, ...criteria } });
    expect(body.map((one: { id: string }) => one.id)).toEqual(matches ? [id] : []);
  });

  it("PUT replaces: what is left out is removed, and the new birth date is found", async () => {
    const { id, lastName, firstName, gender, postCode } = await create();
    const changed = { firstName, lastName, gender, postCode, dateOfBirth: "1990" };
    const { body } = await call("updatePatient", { path: { patientId: id }, body: changed });
    expect(body).not.toHaveProperty("insuranceNumber");
    expect(body).not.toHaveProperty("fullName");
    expect((await call("searchPatients", { body: { lastName, dateOfBirth: "1990-12" } })).body).toEqual([
      body,
    ]);
    expect((await call("searchPatients", { body: { lastName, dateOfBirth: "1984" } })).body).toEqual([]);
  });

  it("two writers do not overwrite each other: the second gets 412", async () => {
    const { id } = await create();
    const path = { patientId: id };
    const etag = (await call("getPatient", { path })).headers.get("etag") ?? "";
    const write = (postCode: string) =>
      call("updatePatient", { path, headers: { "if-match": etag }, body: somebody({ postCode }) });
    const statuses = (await Promise.all([write("1000"), write("2000")])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 412]);
    const { headers } = await call("getPatient", { path });
    expect(headers.get("etag")).toBe('"2"');
  });

  it("a client that has the current version gets 304", async () => {
    const { id } = await create();
    const unchanged = await call("getPatient", {
      path: { patientId: id },
      headers: { "if-none-match": '"1"' },
    });
    expect([unchanged.status, unchanged.text, unchanged.headers.get("etag")]).toEqual([304, "", '"1"']);
    const changed = await call("getPatient", {
      path: { patientId: id },
      headers: { "if-none-match": '"9"' },
    });
    expect(changed.status).toBe(200);
  });

  it("PUT on a missing patient is 404, with or without If-Match, and audited as a failed attempt", async () => {
    const patientId = "00000000-0000-7000-8000-0000000000f1";
    expect((await call("updatePatient", { path: { patientId }, body: somebody() })).status).toBe(404);
    const { status, body } = await call("updatePatient", {
      path: { patientId },
      headers: { "if-match": '"1"' },
      body: somebody(),
    });
    expect(status).toBe(404);
    const records = await recordsOf(gateway, { traceId: body.traceId });
    expect(records.map(({ phase, outcome }) => [phase, outcome?.status])).toEqual([
      ["outcome", 404],
      ["intent", undefined],
    ]);
  });

  it.each(["createPatient", "searchPatients", "updatePatient", "createTest", "updateTest"])(
    "an absent body of %s is a 400 problem",
    async (operationId) => {
      const { status, body } = await call(operationId, {
        path: { patientId: UNKNOWN_ID, testId: UNKNOWN_ID },
      });
      expect([status, body.code]).toEqual([400, "body-required"]);
    },
  );

  it("a test for a patient that does not exist is 404", async () => {
    const { status, body } = await call("createTest", { path: { patientId: UNKNOWN_ID }, body: someTest() });
    expect([status, body.code]).toEqual([404, "patient-not-found"]);
  });

  it.each([
    ["31 February", { dateOfBirth: "1984-02-31" }, "/dateOfBirth"],
    ["29 February of no leap year", { dateOfBirth: "1900-02-29" }, "/dateOfBirth"],
    ["a birth in 2999", { dateOfBirth: "2999" }, "/dateOfBirth"],
    ["a 1 MB insurance number", { insuranceNumber: "7".repeat(1024 * 1024) }, "/insuranceNumber"],
  ])("%s is 400 and says where", async (_, changes, pointer) => {
    const { status, body } = await call("createPatient", { body: somebody(changes) });
    expect([status, body.errors.map((one: { pointer: string }) => one.pointer)]).toEqual([400, [pointer]]);
  });

  it("a single test comes back as an array", async () => {
    const patientId: string = (await create()).id;
    await call("createTest", { path: { patientId }, body: someTest() });
    expect((await call("listTests", { path: { patientId } })).body).toHaveLength(1);
  });

  it("a search without a match is 200 with an empty array", async () => {
    const { status, body } = await call("searchPatients", { body: { lastName: "Nobody at all" } });
    expect([status, body]).toEqual([200, []]);
  });

  it("lists are read in pages that follow Link", async () => {
    const patientId: string = (await create()).id;
    const path = { patientId };
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) {
      ids.push((await call("createTest", { path, body: someTest() })).body.id as string);
    }
    const seen: string[] = [];
    let pages = 0;
    let page: Awaited<ReturnType<typeof call>> | null = await call("listTests", {
      path,
      query: { limit: 2 },
    });
    for (; page; page = await next("listTests", page)) {
      seen.push(...page.body.map((one: { id: string }) => one.id));
      pages++;
    }
    expect([seen, pages]).toEqual([ids, 3]);
  });

  it("a search's further pages take the same body", async () => {
    const lastName = `Paged${process.pid}`;
    const ids = [];
    for (let count = 0; count < 3; count++) ids.push((await create({ lastName })).id);
    const first = await call("searchPatients", { query: { limit: 2 }, body: { lastName } });
    const second = await next("searchPatients", first, { body: { lastName } });
    expect([...first.body, ...(second?.body ?? [])].map((one) => one.id)).toEqual(ids);
    expect(second?.headers.get("link")).toBeNull();
  });

  it.each(["", "garbage", "YQ.YQ"])("a cursor %j that no list made is 400", async (cursor) => {
    const { status } = await call("searchPatients", { query: { cursor }, body: {} });
    expect(status).toBe(400);
  });

  it("a deleted patient is gone, and the patient's tests with it", async () => {
    const patientId: string = (await create()).id;
    const test = await call("createTest", { path: { patientId }, body: someTest() });
    const stale = await call("deletePatient", { path: { patientId }, headers: { "if-match": '"7"' } });
    expect(stale.status).toBe(412);
    expect((await call("deletePatient", { path: { patientId } })).status).toBe(204);
    expect((await call("deletePatient", { path: { patientId } })).status).toBe(404);
    expect((await call("getPatient", { path: { patientId } })).status).toBe(404);
    expect((await call("getTest", { path: { patientId, testId: test.body.id } })).status).toBe(404);
  });

  it("a test is corrected and deleted, with the versions honoured", async () => {
    const patientId: string = (await create()).id;
    const { body: test } = await call("createTest", { path: { patientId }, body: someTest() });
    const path = { patientId, testId: test.id as string };
    const corrected = await call("updateTest", {
      path,
      headers: { "if-match": '"1"' },
      body: { ...test, performer: "LAB-02" },
    });
    expect([corrected.status, corrected.body.performer]).toEqual([200, "LAB-02"]);
    const stale = await call("updateTest", { path, headers: { "if-match": '"1"' }, body: someTest() });
    expect(stale.status).toBe(412);
    expect((await call("updateTest", { path, body: someTest({ patientId: UNKNOWN_ID }) })).status).toBe(400);
    expect((await call("deleteTest", { path, headers: { "if-match": '"1"' } })).status).toBe(412);
    expect((await call("deleteTest", { path })).status).toBe(204);
    expect((await call("deleteTest", { path })).status).toBe(404);
    expect((await call("listTests", { path })).body).toEqual([]);
  });

  it("a problem tells nothing but what the contract says", async () => {
    const answer = await request("POST", `${gateway}/patient`, { body: { secretOfMine: "x".repeat(30) } });
    expect(answer.text).not.toContain("secretOfMine");
    expect(answer.text).not.toContain("xxx");
    expect(answer.text).not.toMatch(/ at |node:|\.ts|\.cjs/);
    expect(answer.body).toMatchObject({
      status: 400,
      code: "request-invalid",
      type: "/portal/errors/request-invalid",
    });
  });
});
