import { describe, expect, it } from "@jest/globals";
import { readContract } from "./contract.ts";
import { isPartialDate } from "./partial-date.ts";

const contract = readContract();
const ID = "0198c0de-0000-7000-8000-000000000001";
const PATIENT = {
  id: ID,
  firstName: "Vera",
  gender: "female",
  dateOfBirth: "1984-05",
  postCode: "3012",
  lastUpdated: "2026-11-20T08:30:00.000Z",
};

function faults(
  operationId: string,
  status: number,
  headers: Record<string, string>,
  body?: unknown,
): string[] {
  const text = body === undefined ? "" : JSON.stringify(body);
  return contract.faults(operationId, { status, headers: new Headers(headers), text, body });
}

/** A journey is worth what it holds answers against. */
describe("the contract, as journeys hold answers against it", () => {
  const json = { "content-type": "application/json" };
  const good = { ...json, etag: '"1"', location: `/patient/${ID}` };

  it("admits what is declared", () => {
    expect(faults("createPatient", 201, good, PATIENT)).toEqual([]);
    expect(faults("getPatient", 304, { etag: '"1"' })).toEqual([]);
    expect(
      faults("searchPatients", 200, { ...json, link: '</patient/search?limit=1&cursor=a>; rel="next"' }, []),
    ).toEqual([]);
  });

  it.each<[string, string, number, Record<string, string>, unknown]>([
    ["a status", "createPatient", 200, good, PATIENT],
    ["a missing ETag", "createPatient", 201, { ...json, location: "/patient/x" }, PATIENT],
    ["a missing Location", "createPatient", 201, { ...json, etag: '"1"' }, PATIENT],
    ["an ETag without quotes", "getPatient", 200, { ...json, etag: "1" }, PATIENT],
    ["a Location that is none", "createPatient", 201, { ...good, location: "not a \\ reference" }, PATIENT],
    ["a Link of another form", "searchPatients", 200, { ...json, link: "/patient/search" }, []],
    ["a Link to elsewhere", "searchPatients", 200, { ...json, link: '<https://x.example/>; rel="next"' }, []],
    ["a header of another answer", "searchPatients", 200, { ...json, etag: '"1"' }, []],
    ["a body that is missing", "getPatient", 200, good, undefined],
    ["a body where there is none", "deletePatient", 204, json, {}],
    ["another content type", "getPatient", 200, { ...good, "content-type": "text/html" }, PATIENT],
    ["an unknown member", "getPatient", 200, { ...json, etag: '"1"' }, { ...PATIENT, nickname: "V" }],
    [
      "a date of no calendar",
      "getPatient",
      200,
      { ...json, etag: '"1"' },
      { ...PATIENT, dateOfBirth: "1984-02-30" },
    ],
  ])("refuses %s", (_, operationId, status, headers, body) => {
    expect(faults(operationId, status, headers, body)).not.toEqual([]);
  });

  it.each([
    ["GET", `/patient/${ID}/`, "getPatient"],
    ["POST", "/patient/search", "searchPatients"],
    ["PUT", `/patient/${ID}/tests/no-uuid`, "updateTest"],
    ["GET", "/audit/records", "listAuditRecords"],
    ["PATCH", "/patient", undefined],
    ["GET", "/patient//tests", undefined],
    ["GET", "/portal/", undefined],
  ])("finds who answers %s %s", (method, pathname, operationId) => {
    expect(contract.operationAt(method, pathname)?.operationId).toBe(operationId);
  });

  it.each(["0001", "1984", "1984-12", "2000-02-29", "9999-12-31"])("knows the partial date %s", (text) => {
    expect(isPartialDate(text)).toBe(true);
  });

  it.each([
    "0000",
    "0000-01-01",
    "1984-00",
    "1984-13",
    "1900-02-29",
    "1984-5",
    "84",
    "1984-05-17T00:00:00Z",
    "",
  ])("knows that %j is none", (text) => expect(isPartialDate(text)).toBe(false));
});
