import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { clientOf, request } from "../support/client.ts";
import { somebody, UNKNOWN_ID } from "../support/people.ts";
import { startTestPlatform } from "../support/start-test-platform.ts";
import type { TestPlatform } from "../support/start-test-platform.ts";

/** Limits are named values: the laptop's are never met, so this test brings its own. */
describe("rate limits", () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startTestPlatform({
      namedValues: { "patient-write-calls": "3", "patient-read-calls": "2" },
    });
  });
  afterAll(() => platform.stop());

  it("are counted per operation and answered with APIM's 429", async () => {
    const { call } = clientOf(platform.gateway);
    const statuses = [];
    for (let count = 0; count < 4; count++) {
      statuses.push((await call("createPatient", { body: somebody() })).status);
    }
    expect(statuses).toEqual([201, 201, 201, 429]);
    const refused = await request("POST", `${platform.gateway}/patient`, { body: somebody() });
    expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(refused.text).toBe(
      `{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in ${refused.headers.get("retry-after") ?? ""} seconds." }`,
    );
    expect((await call("getPatient", { path: { patientId: UNKNOWN_ID } })).status).toBe(404);
  });
});
