import { describe, expect, it } from "@jest/globals";
import type { BodyDefinition } from "../operation.ts";
import { problemOf } from "../testing/caught.ts";
import { fakeRequest } from "../testing/fake-request.ts";
import type { FakeRequestOptions } from "../testing/fake-request.ts";
import { readBody } from "./read-body.ts";

const DEFINITION: BodyDefinition = { required: true, contentTypes: ["application/json"], maxBytes: 64 };
const json = { "content-type": "application/json" };

const refusal = async (options: FakeRequestOptions, definition = DEFINITION) =>
  (await problemOf(() => readBody(fakeRequest(options), definition))).code;

describe("readBody", () => {
  it("reads JSON", async () => {
    const request = fakeRequest({ headers: json, body: '{"a":[1,"ä"]}' });
    expect(await readBody(request, DEFINITION)).toEqual({ a: [1, "ä"] });
  });

  it("does not read the body of an operation that takes none", async () => {
    const request = {
      ...fakeRequest({ headers: { "content-type": "text/plain", "content-length": "999999" } }),
      arrayBuffer: () => Promise.reject(new Error("was read")),
    };
    expect(await readBody(request, null)).toBeUndefined();
  });

  it.each([
    [
      "413 before 415 and 400",
      { headers: { "content-type": "text/plain" }, body: "x".repeat(65) },
      "body-too-large",
    ],
    ["413 for a length that is only announced", { headers: { "content-length": "65" } }, "body-too-large"],
    ["415 before 400", { headers: { "content-type": "text/plain" }, body: "{" }, "media-type-unsupported"],
    ["415 for a body without a type", { body: "{}" }, "media-type-unsupported"],
    ["415 for an empty type", { headers: { "content-type": "" }, body: "{}" }, "media-type-unsupported"],
    ["400 for no body", {}, "body-required"],
    ["400 for no body of the right type", { headers: json }, "body-required"],
    ["400 for a body that is no JSON", { headers: json, body: "{" }, "body-not-json"],
  ])("%s", async (_name, options: FakeRequestOptions, code) => {
    expect(await refusal(options)).toBe(code);
  });

  it("refuses by the announced length before it reads", async () => {
    const request = {
      ...fakeRequest({ headers: { "content-length": "65" } }),
      arrayBuffer: () => Promise.reject(new Error("was read")),
    };
    expect((await problemOf(() => readBody(request, DEFINITION))).code).toBe("body-too-large");
  });

  it("measures bytes, not characters, and admits exactly the limit", async () => {
    const text = (length: number) => JSON.stringify("ä".repeat(length));
    expect(await readBody(fakeRequest({ headers: json, body: text(31) }), DEFINITION)).toHaveLength(31);
    expect(await refusal({ headers: json, body: text(32) })).toBe("body-too-large");
  });

  it.each(["-1", "abc", "1e1", "0x10", ""])("does not believe a length of %j", async (length) => {
    const request = fakeRequest({ headers: { ...json, "content-length": length }, body: "{}" });
    expect(await readBody(request, DEFINITION)).toEqual({});
  });

  it.each([
    "application/json; charset=utf-8",
    "Application/JSON;charset=UTF8",
    'application/json; boundary=x; charset="UTF-8"',
    "application/json;",
  ])("admits %s", async (type) => {
    expect(
      await readBody(fakeRequest({ headers: { "content-type": type }, body: "{}" }), DEFINITION),
    ).toEqual({});
  });

  it.each([
    "application/json; charset=utf-16",
    "application/json; charset=iso-8859-1",
    "application/json; charset=",
    "application/jsonp",
    "application/problem+json",
    "multipart/form-data; boundary=application/json",
    "text/plain, application/json",
    "constructor",
  ])("refuses %s", async (type) => {
    expect(await refusal({ headers: { "content-type": type }, body: "{}" })).toBe("media-type-unsupported");
  });

  it("needs no body where none is required", async () => {
    const optional = { ...DEFINITION, required: false };
    expect(await readBody(fakeRequest(), optional)).toBeUndefined();
    expect(await readBody(fakeRequest({ headers: json }), optional)).toBeUndefined();
  });

  it("says nothing of what was sent", async () => {
    const canary = "canary-7f3a";
    const sent = { headers: { "content-type": `text/${canary}` }, body: canary };
    const { options } = await problemOf(() => readBody(fakeRequest(sent), DEFINITION));
    expect(JSON.stringify(options)).not.toContain(canary);
  });
});
