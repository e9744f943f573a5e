import { describe, expect, it } from "@jest/globals";
import { sharedPlatform } from "../support/addresses.ts";
import { clientOf, request } from "../support/client.ts";
import { somebody, someTest, UNKNOWN_ID } from "../support/people.ts";

const { gateway } = sharedPlatform();
const { call } = clientOf(gateway);

/** PRODUCT.md, "Wire compatibility": what clients written for the reference rely on. */
describe("a client written for the reference", () => {
  it("creates a patient: 201 with id and lastUpdated", async () => {
    const sent = somebody();
    const { status, body, headers } = await call("createPatient", { body: sent });
    expect(status).toBe(201);
    expect(body).toEqual({ ...sent, id: expect.any(String), lastUpdated: expect.any(String) });
    expect(headers.get("location")).toBe(`/patient/${body.id}`);
    expect(headers.get("etag")).toBe('"1"');
  });

  it.each([
    ["no body", undefined],
    ["an invalid body", { firstName: 1 }],
    ["an id", somebody({ id: UNKNOWN_ID })],
    ["lastUpdated", somebody({ lastUpdated: "2026-11-20T08:30:00.000Z" })],
  ])("is refused a patient with %s: 400", async (_, body) => {
    expect((await call("createPatient", { body })).status).toBe(400);
  });

  it("reads a patient, also with a trailing slash and an id in upper case", async () => {
    const { body: created } = await call("createPatient", { body: somebody() });
    const { status, body } = await call("getPatient", { path: { patientId: created.id } });
    expect([status, body]).toEqual([200, created]);
    const upper = await request("GET", `${gateway}/patient/${created.id.toUpperCase()}/`);
    expect([upper.status, upper.body]).toEqual([200, created]);
    expect((await request("POST", `${gateway}/patient/`, { body: somebody() })).status).toBe(201);
  });

  it.each([UNKNOWN_ID, "no-uuid", "1", "%00", "..%2f", "a".repeat(500)])(
    "gets 404 for a patient %s",
    async (patientId) => {
      const { status, body } = await request("GET", `${gateway}/patient/${patientId}`);
      expect([status, body.status ?? body.statusCode]).toEqual([404, 404]);
    },
  );

  it("sends a patient back whole: 200", async () => {
    const { body: created } = await call("createPatient", { body: somebody() });
    const changed = { ...created, postCode: "8001" };
    const { status, body } = await call("updatePatient", { path: { patientId: created.id }, body: changed });
    expect(status).toBe(200);
    expect(body).toEqual({ ...changed, lastUpdated: expect.any(String) });
  });

  it.each([
    ["invalid", { firstName: "" }],
    ["of another id", somebody({ id: UNKNOWN_ID })],
  ])("is refused an update that is %s: 400", async (_, body) => {
    const { body: created } = await call("createPatient", { body: somebody() });
    expect((await call("updatePatient", { path: { patientId: created.id }, body })).status).toBe(400);
  });

  it("searches: 200 with an array", async () => {
    const { body: created } = await call("createPatient", { body: somebody() });
    const { status, body } = await call("searchPatients", { body: { lastName: created.lastName } });
    expect([status, body]).toEqual([200, [created]]);
  });

  it("is refused invalid criteria: 400", async () => {
    expect((await call("searchPatients", { body: { gender: "?" } })).status).toBe(400);
    expect((await call("searchPatients", { body: { nickname: "V" } })).status).toBe(400);
  });

  it("adds, lists and reads tests", async () => {
    const { body: patient } = await call("createPatient", { body: somebody() });
    const path = { patientId: patient.id };
    const sent = someTest();
    const created = await call("createTest", { path, body: sent });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      ...sent,
      id: expect.any(String),
      patientId: patient.id,
      lastUpdated: expect.any(String),
    });
    const list = await call("listTests", { path });
    expect([list.status, list.body]).toEqual([200, [created.body]]);
    const read = await call("getTest", { path: { ...path, testId: created.body.id } });
    expect([read.status, read.body]).toEqual([200, created.body]);
  });

  it("is refused a test for a patient id that is no UUID: 400", async () => {
    const { status, body } = await call("createTest", { path: { patientId: "no-uuid" }, body: someTest() });
    expect([status, body.errors[0]]).toMatchObject([400, { parameter: "patientId" }]);
  });

  it("is refused an invalid test: 400", async () => {
    const { body: patient } = await call("createPatient", { body: somebody() });
    const path = { patientId: patient.id };
    expect((await call("createTest", { path })).status).toBe(400);
    expect((await call("createTest", { path, body: someTest({ performer: 7 }) })).status).toBe(400);
    expect((await call("createTest", { path, body: someTest({ id: UNKNOWN_ID }) })).status).toBe(400);
  });

  it.each(["no-uuid", UNKNOWN_ID])("gets 404 for the tests of a patient %s", async (patientId) => {
    expect((await call("listTests", { path: { patientId } })).status).toBe(404);
    expect((await call("getTest", { path: { patientId, testId: UNKNOWN_ID } })).status).toBe(404);
  });

  it.each(["no-uuid", UNKNOWN_ID])("gets 404 for a test %s", async (testId) => {
    const { body: patient } = await call("createPatient", { body: somebody() });
    expect((await call("getTest", { path: { patientId: patient.id, testId } })).status).toBe(404);
  });
});
