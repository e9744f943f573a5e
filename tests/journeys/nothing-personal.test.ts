import { describe, expect, it } from "@jest/globals";
import { AUDITOR_KEY, sharedPlatform } from "../support/addresses.ts";
import { CANARY, CANARY_BIRTH, CANARY_POST_CODE, leaksIn } from "../support/canary.ts";
import { clientOf, request } from "../support/client.ts";
import { someObservation, somebody, someTest, UNKNOWN_ID } from "../support/people.ts";
import { wholeRegister } from "../support/register.ts";

const { gateway, apps, keys } = sharedPlatform();
const { call } = clientOf(gateway);

/** Where a client can put a person's data without being asked for it. */
const HEADERS = {
  "user-agent": CANARY,
  "accept-language": CANARY,
  authorization: `Bearer ${CANARY}`,
  baggage: `patient=${CANARY}`,
  cookie: `patient=${CANARY}`,
  "if-none-match": `"${CANARY}"`,
  traceparent: `00-${CANARY}-${CANARY}-01`,
  tracestate: `clinic=${CANARY}`,
  "x-forwarded-for": CANARY,
  "x-specimen-subscription": CANARY,
  "x-specimen-product": CANARY,
  "x-specimen-client": CANARY,
};

/**
 * The register and the logs hold ids and codes. Every journey sends canaries (`people.ts`, `client.ts`); these send them
 * where no other does. The lines of each platform are searched when it stops, the shared register once more at the end
 * of the run (`global-teardown.ts`).
 */
describe("what a client sends is in no record and no log line", () => {
  it("whatever is searched for, one criterion after the other", async () => {
    const criteria = somebody({
      postCode: CANARY_POST_CODE,
      dateOfBirth: CANARY_BIRTH,
      dateOfBirthTo: CANARY_BIRTH,
    });
    for (const [name, value] of Object.entries(criteria)) {
      expect((await call("searchPatients", { body: { [name]: value } })).status).toBe(200);
    }
    const query = { actor: CANARY, operationId: CANARY };
    expect((await call("listAuditRecords", { key: AUDITOR_KEY, query })).status).toBe(200);
  });

  it("whatever is in the headers, in the query, in ids and in member names", async () => {
    const { id: patientId } = (await call("createPatient", { body: somebody(), headers: HEADERS })).body;
    expect((await call("getPatient", { path: { patientId }, headers: HEADERS })).status).toBe(200);
    expect((await call("getPatient", { path: { patientId: UNKNOWN_ID }, headers: HEADERS })).status).toBe(
      404,
    );
    expect((await request("GET", `${gateway}/patient/${CANARY}?${CANARY}=${CANARY}`)).status).toBe(404);
    expect((await request("GET", `${gateway}/${CANARY}/${CANARY}`)).status).toBe(404);
    const test = someTest({ observations: [someObservation({ [CANARY]: CANARY })] });
    expect((await call("createTest", { path: { patientId }, body: test })).status).toBe(400);
    const form = { "content-type": `application/${CANARY}; charset=${CANARY}`, "content-encoding": CANARY };
    expect((await call("createPatient", { rawBody: CANARY, headers: form })).status).toBe(415);
    expect((await call("createPatient", { body: somebody(), key: CANARY })).status).toBe(401);
  });

  it("whatever is sent to an app directly", async () => {
    const sent = {
      key: null,
      headers: { ...HEADERS, "x-functions-key": keys.patient?.hostKeys.default ?? "" },
    };
    const url = `${apps.patient ?? ""}/patient/${UNKNOWN_ID}`;
    const headers = { ...sent.headers, "x-specimen-subscription": "local-partner" };
    delete (headers as Record<string, string>)["x-specimen-product"];
    delete (headers as Record<string, string>)["x-specimen-client"];
    expect((await request("GET", url, { ...sent, headers })).status).toBe(404);
    expect((await request("GET", `${url}/${CANARY}?${CANARY}`, { ...sent, headers })).status).toBe(404);
  });

  it("the whole register holds ids and codes alone", async () => {
    const pages = await wholeRegister(gateway);
    expect(pages.join("")).toContain(UNKNOWN_ID);
    expect(pages.flatMap(leaksIn)).toEqual([]);
  });
});
