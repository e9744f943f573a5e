import { describe, expect, it } from "@jest/globals";
import { allowedAttributes } from "./attributes.ts";

describe("allowedAttributes", () => {
  it("lets through what is in the list and of its form", () => {
    const attributes = {
      "http.request.method": "POST",
      "http.route": "/patient/{patientId}/tests",
      "http.response.status_code": 201,
      "server.address": "127.0.0.1:7072",
      "db.operation": "find patients",
      "specimen.request_id": "0198c0de-0000-7000-8000-000000000101",
    };
    expect(allowedAttributes(attributes)).toEqual(attributes);
  });

  it.each([
    ["db.statement", "find"],
    ["url.full", "http://127.0.0.1/patient"],
    ["http.url", "/"],
    ["enduser.id", "canary"],
    ["user_agent.original", "canary"],
    ["exception.message", "canary"],
    ["specimen.patient", "canary"],
    ["constructor", "canary"],
    ["__proto__", "canary"],
    ["http.route", "/patient/0198c0de 1"],
    ["http.route", "/patient/canary?name=canary"],
    ["http.route", "https://canary/"],
    ["http.response.status_code", "canary"],
    ["http.request.method", "canary"],
    ["db.operation", "find patients {name: canary}"],
    ["server.address", "/tmp/canary.sock"],
    ["specimen.request_id", "canary"],
    ["specimen.operation", "can ary"],
    ["specimen.problem", { canary: 1 }],
  ])("leaves out %s = %j", (name, value) => {
    expect(allowedAttributes(Object.fromEntries([[name, value]]))).toEqual({});
  });
});
