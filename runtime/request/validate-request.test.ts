import { describe, expect, it } from "@jest/globals";
import { problemOf } from "../testing/caught.ts";
import { fakeCreate, fakeOperation } from "../testing/fake-operation.ts";
import { fakeRequest } from "../testing/fake-request.ts";
import { parseJson } from "./parse-json.ts";
import { validateRequest } from "./validate-request.ts";

const TODAY = "2026-11-20";
const ID = "0198C0DE-0000-7000-8000-000000000001";
const BODY = { firstName: "Vera", gender: "female", dateOfBirth: "1984", postCode: "3012" };

const refusal = (options: Parameters<typeof fakeRequest>[0], operation = fakeOperation()) =>
  problemOf(() => validateRequest(fakeRequest(options), operation, undefined, TODAY));

describe("validateRequest", () => {
  it("returns what the contract admits, ids in any case", () => {
    const valid = validateRequest(
      fakeRequest({ params: { patientId: ID } }),
      fakeOperation(),
      undefined,
      TODAY,
    );
    expect(valid).toMatchObject({ path: { patientId: ID }, body: undefined });
  });

  it.each([
    "7",
    "",
    "\0",
    "__proto__",
    `${ID}\n`,
    ` ${ID}`,
    `{${ID}}`,
    ID.replaceAll("-", ""),
    `urn:uuid:${ID}`,
  ])("answers the path id %j with 404, and 400 where the contract says so", async (patientId) => {
    const missing = await refusal({ params: { patientId } });
    expect(missing).toMatchObject({ code: "resource-not-found", status: 404, options: {} });
    const invalid = await refusal({ params: { patientId } }, fakeOperation({ invalidPathStatus: 400 }));
    expect(invalid).toMatchObject({ code: "request-invalid", status: 400 });
    expect(invalid.options.errors).toContainEqual(expect.objectContaining({ parameter: "patientId" }));
  });

  it("lets a malformed path id come before everything else that is wrong", async () => {
    const { code } = await refusal({ params: { patientId: "7" }, target: "/patient/7?unknown=1" });
    expect(code).toBe("resource-not-found");
  });

  it.each(["unknown=1", "__proto__=1", "constructor=1", "toString=1", "Limit=1"])(
    "refuses the query %s",
    async (query) => {
      const { code, options } = await refusal({
        params: { patientId: ID },
        target: `/patient/${ID}?${query}`,
      });
      expect(code).toBe("request-invalid");
      expect(options).toMatchObject({ detail: "1 value does not match the contract." });
      expect(JSON.stringify(options)).not.toContain(query.split("=")[0]);
    },
  );

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "refuses %s as a member",
    async (name) => {
      const text = JSON.stringify(BODY).replace("{", `{"${name}":{"polluted":true},`);
      const body = parseJson(Uint8Array.from(new TextEncoder().encode(text)).buffer);
      const { options } = await problemOf(() => validateRequest(fakeRequest(), fakeCreate(), body, TODAY));
      expect(options.errors).toEqual([
        {
          pointer: "",
          code: "additionalProperties",
          message: "must not have a member that the contract does not name",
        },
      ]);
      expect("polluted" in {}).toBe(false);
    },
  );

  it("holds dates against the today that it is given", async () => {
    const body = { ...BODY, dateOfBirth: "2026-11-21" };
    expect(validateRequest(fakeRequest(), fakeCreate(), body, "2026-11-21")).toMatchObject({ body });
    const { code } = await problemOf(() => validateRequest(fakeRequest(), fakeCreate(), body, TODAY));
    expect(code).toBe("request-invalid");
  });

  it("refuses a null as a body", async () => {
    const { code } = await problemOf(() => validateRequest(fakeRequest(), fakeCreate(), null, TODAY));
    expect(code).toBe("request-invalid");
  });

  it("counts what is wrong, and names 32 at most", async () => {
    const unknown = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`u${index}`, 1]));
    const body = { ...BODY, gender: "f", ...unknown };
    const { options } = await problemOf(() => validateRequest(fakeRequest(), fakeCreate(), body, TODAY));
    expect(options.errors).toHaveLength(32);
    expect(options.detail).toBe("At least 32 values do not match the contract.");
  });
});
