import { describe, expect, it } from "@jest/globals";
import type { OperationDefinition, ResponseDefinition } from "../operation.ts";
import type { Reply } from "../reply.ts";
import { fakeOperation, responseValidator } from "../testing/fake-operation.ts";
import { findReplyFault } from "./reply-fault.ts";

const OPERATION = fakeOperation();
const TODAY = "2026-11-20";
const CANARY = "canary";
const RESPONSES = "/paths/~1patient~1{patientId}/get/responses";
const PATIENT = {
  id: "0198c0de-0000-7000-8000-000000000001",
  firstName: CANARY,
  gender: "female",
  dateOfBirth: "1984",
  postCode: "3012",
  lastUpdated: "2026-11-20T08:30:00.000Z",
};
const headers = { etag: '"1"' };
const VALID: Reply = { status: 200, headers, body: PATIENT };
const { postCode: _without, ...INCOMPLETE } = PATIENT;

const OK = `${RESPONSES}/200`;
const SCHEMA = `${OK}/content/application~1json/schema`;

const BROKEN: readonly [string, Reply, string, string][] = [
  ["an undeclared status", { ...VALID, status: 201 }, "undeclared-status", RESPONSES],
  ["a status that is no number", { ...VALID, status: Number.NaN }, "undeclared-status", RESPONSES],
  ["a missing header", { status: 200, body: PATIENT }, "required", `${OK}/headers/etag`],
  [
    "a header that is undefined",
    { ...VALID, headers: { etag: undefined } },
    "required",
    `${OK}/headers/etag`,
  ],
  ["a malformed header", { ...VALID, headers: { etag: CANARY } }, "pattern", `${OK}/headers/etag`],
  ["a header of another type", { ...VALID, headers: { etag: 1 } }, "type", `${OK}/headers/etag`],
  [
    "an undeclared header",
    { ...VALID, headers: { ...headers, [CANARY]: CANARY } },
    "undeclared-header",
    `${OK}/headers`,
  ],
  [
    "an undeclared media type",
    { ...VALID, headers: { ...headers, "content-type": "text/html" } },
    "undeclared-media-type",
    `${OK}/content`,
  ],
  [
    "the media type of problems on a success",
    { ...VALID, headers: { ...headers, "content-type": "application/problem+json" } },
    "undeclared-media-type",
    `${OK}/content`,
  ],
  [
    "a problem under the media type of successes",
    { status: 404, body: {} },
    "undeclared-media-type",
    `${RESPONSES}/404/content`,
  ],
  ["a missing body", { status: 200, headers }, "required", SCHEMA],
  ["a body that is null", { ...VALID, body: null }, "type", SCHEMA],
  ["a body on a 304", { ...VALID, status: 304 }, "undeclared-body", `${RESPONSES}/304`],
  ["null on a 304", { status: 304, headers, body: null }, "undeclared-body", `${RESPONSES}/304`],
  [
    "a media type on a 304",
    { status: 304, headers: { ...headers, "content-type": "application/json" } },
    "undeclared-media-type",
    `${RESPONSES}/304/content`,
  ],
  ["a missing property", { ...VALID, body: INCOMPLETE }, "required", SCHEMA],
  ["an undeclared property", { ...VALID, body: { ...PATIENT, [CANARY]: 1 } }, "additionalProperties", SCHEMA],
  [
    "a property of another type",
    { ...VALID, body: { ...PATIENT, postCode: 3012 } },
    "type",
    `${SCHEMA}/properties/postCode`,
  ],
  [
    "a value that is not of the list",
    { ...VALID, body: { ...PATIENT, gender: CANARY } },
    "enum",
    `${SCHEMA}/properties/gender`,
  ],
  [
    "a text that is too long",
    { ...VALID, body: { ...PATIENT, firstName: CANARY.repeat(20) } },
    "maxLength",
    `${SCHEMA}/properties/firstName`,
  ],
  [
    "a date after today",
    { ...VALID, body: { ...PATIENT, dateOfBirth: "2026-11-21" } },
    "x-not-after-today",
    `${SCHEMA}/properties/dateOfBirth`,
  ],
];

describe("findReplyFault", () => {
  it.each<[string, Reply]>([
    ["a success", VALID],
    [
      "a success that names its media type",
      { ...VALID, headers: { ...headers, "content-type": "Application/JSON; charset=utf-8" } },
    ],
    ["one without a body", { status: 304, headers }],
    ["a person born today", { ...VALID, body: { ...PATIENT, dateOfBirth: TODAY } }],
  ])("finds nothing in %s", (_name, reply) => {
    expect(findReplyFault(reply, OPERATION, TODAY)).toBeNull();
  });

  it.each(BROKEN)("finds %s, and says nothing of its value", (_name, reply, rule, pointer) => {
    const fault = findReplyFault(reply, OPERATION, TODAY);
    expect(fault).toEqual({ operationId: "getPatient", status: reply.status, rule, pointer });
    expect(JSON.stringify(fault)).not.toContain(CANARY);
  });

  it("finds what is deep in a list without its position", () => {
    const items = { type: "object", properties: { "a/b": { type: "array", items: { type: "number" } } } };
    const listing = operationOf({
      contentType: "application/json",
      validate: responseValidator({ body: { type: "array", items } }),
    });
    const body = [{}, { "a/b": [1, CANARY] }];
    expect(findReplyFault({ status: 200, body }, listing, TODAY)).toMatchObject({
      rule: "type",
      pointer: `${SCHEMA}/items/properties/a~1b/items`,
    });
  });

  it("holds a number against the schema of its header", () => {
    const limits = { properties: { "retry-after": { type: "integer", maximum: 60 } } };
    const waiting = operationOf({ contentType: null, validate: responseValidator({ headers: limits }) });
    const find = (value: string | number) =>
      findReplyFault({ status: 200, headers: { "retry-after": value } }, waiting, TODAY);
    expect([find(60), find(61)?.rule, find("60")?.rule]).toEqual([null, "maximum", "type"]);
  });

  it("names the response when a validator does not say what is wrong", () => {
    const silent = operationOf({ contentType: null, validate: () => false });
    expect(findReplyFault({ status: 200 }, silent, TODAY)).toMatchObject({ rule: "unknown", pointer: OK });
  });
});

function operationOf(response: ResponseDefinition): OperationDefinition {
  return fakeOperation({ responses: { "200": response } });
}
