import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startMock } from "./start-mock.ts";
import type { Mock } from "./start-mock.ts";

const generated = join(import.meta.dirname, "../../generated");

describe("the partner sandbox", () => {
  let mock: Mock;
  beforeAll(async () => {
    const documents = ["patient", "audit"].map((api) => join(generated, api, "openapi.json"));
    mock = await startMock({ documents, port: 0 });
  });
  afterAll(() => mock.close());

  const call = (method: string, path: string, body?: unknown) =>
    fetch(mock.url + path, {
      method,
      headers: { "content-type": "application/json", "ocp-apim-subscription-key": "any" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  it("answers a valid request with the contract's example", async () => {
    const response = await call("POST", "/patient", {
      firstName: "Vera",
      gender: "female",
      dateOfBirth: "1984-05",
      postCode: "3012",
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ id: expect.any(String), firstName: "Vera" });
  });

  it("tells what is wrong with an invalid one", async () => {
    const response = await call("POST", "/patient", { firstName: "Vera" });
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({
      status: 400,
      code: "request-invalid",
      errors: expect.arrayContaining([expect.objectContaining({ pointer: "", code: "required" })]),
    });
  });

  it("does not know internal operations, or what the contract does not have", async () => {
    expect((await call("POST", "/auditrecords", { records: [] })).status).toBe(404);
    expect((await call("GET", "/nothing")).status).toBe(404);
  });

  it("serves the Audit API too", async () => {
    const response = await call("GET", "/audit/records");
    expect(response.status).toBe(200);
    expect(await response.json()).toHaveLength(1);
  });

  it("survives a body that is no JSON", async () => {
    const response = await fetch(`${mock.url}/patient`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{",
    });
    expect(response.status).toBe(400);
  });
});
