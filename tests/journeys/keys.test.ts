import { describe, expect, it } from "@jest/globals";
import { AUDITOR_KEY, PARTNER_KEY, sharedPlatform } from "../support/addresses.ts";
import { operations, request } from "../support/client.ts";
import { UNKNOWN_ID } from "../support/people.ts";

const { gateway, apps, keys } = sharedPlatform();

const MISSING =
  '{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }';
const INVALID =
  '{ "statusCode": 401, "message": "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription." }';

const all = [...operations.values()];
const fill = (path: string) => path.replace(/\{\w+\}/g, UNKNOWN_ID);
const apiOf = (path: string) => (path.startsWith("/patient") ? "patient" : "audit");

describe("the gateway's subscription keys", () => {
  const onGateway = all.filter(({ internal }) => !internal);

  it.each(onGateway.map((one) => [one.operationId, one] as const))(
    "guard %s",
    async (_, { method, path }) => {
      const other = path.startsWith("/patient") ? AUDITOR_KEY : PARTNER_KEY;
      for (const [key, body] of [
        [null, MISSING],
        ["wrong", INVALID],
        [other, INVALID],
      ] as const) {
        const answer = await request(method, gateway + fill(path), { key });
        expect([answer.status, answer.text]).toEqual([401, body]);
        expect(answer.headers.get("content-type")).toBe("application/json");
        expect(answer.headers.get("www-authenticate")).toBe(
          `AzureApiManagementKey realm="https://${new URL(gateway).host}/${apiOf(path)}",name="Ocp-Apim-Subscription-Key",type="header"`,
        );
      }
    },
  );

  it("may come in the query", async () => {
    const url = `${gateway}/patient/${UNKNOWN_ID}?subscription-key=${PARTNER_KEY}`;
    expect((await request("GET", url, { key: null })).status).toBe(404);
  });

  it("are not known for what the gateway does not serve", async () => {
    const internal = all.filter((one) => one.internal);
    expect(internal.map((one) => one.operationId).sort()).toEqual([
      "appendAuditRecords",
      "createAuditRecord",
      "eraseSubjects",
      "listOpenAccesses",
    ]);
    for (const { method, path } of internal) {
      const answer = await request(method, gateway + path, {
        key: AUDITOR_KEY,
        ...(method === "POST" && { body: {} }),
      });
      expect([answer.status, answer.text]).toEqual([
        404,
        '{ "statusCode": 404, "message": "Resource not found" }',
      ]);
    }
  });
});

describe("the function apps' own keys", () => {
  it.each(all.map((one) => [one.operationId, one] as const))(
    "guard %s",
    async (operationId, { method, path }) => {
      const api = apiOf(path);
      const other = api === "patient" ? "audit" : "patient";
      const otherKey = keys[other]?.hostKeys.default ?? "";
      expect(otherKey).not.toBe("");
      for (const headers of [{}, { "x-functions-key": "wrong" }, { "x-functions-key": otherKey }]) {
        const answer = await request(method, `${apps[api]}${fill(path)}`, { key: null, headers });
        expect([operationId, answer.status, answer.text]).toEqual([operationId, 401, ""]);
      }
    },
  );

  it("the gateway's key of the Audit app opens reading, and no writing", async () => {
    const opened = keys.audit?.functionKeys ?? {};
    expect(Object.keys(opened).sort()).toEqual([
      "exportAuditRecords",
      "getAuditRecord",
      "getAuditRecordProof",
      "getConsistencyProof",
      "getLatestCheckpoint",
      "listAuditRecords",
    ]);
    const headers = { "x-functions-key": opened.listAuditRecords?.gateway ?? "" };
    const status = async (method: string, path: string) =>
      (
        await request(method, `${apps.audit}${path}`, {
          key: null,
          headers,
          ...(method === "POST" && { body: {} }),
        })
      ).status;
    expect(await status("GET", "/audit/records")).toBe(200);
    expect(await status("POST", "/auditrecord")).toBe(401);
    expect(await status("POST", "/auditrecords")).toBe(401);
  });

  it("a call with the right key that did not come through the gateway is recorded as such", async () => {
    const headers = { "x-functions-key": keys.patient?.hostKeys.default ?? "" };
    const { body } = await request("GET", `${apps.patient}/patient/${UNKNOWN_ID}`, { key: null, headers });
    const auditKey = { "x-functions-key": keys.audit?.hostKeys.default ?? "" };
    const records = await request("GET", `${apps.audit}/audit/records?traceId=${body.traceId}`, {
      key: null,
      headers: auditKey,
    });
    expect(records.body[0].actor.subscription).toMatch(/^direct:/);
  });
});
