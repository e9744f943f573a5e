import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { contractSchema } from "../testing/contract-schema.ts";
import { requestValidator } from "../testing/fake-operation.ts";
import { requestFaults } from "./request-faults.ts";

const validate = requestValidator({
  path: { patientId: { $ref: "shared/schemas.yaml#/Uuid" } },
  query: { limit: { type: "integer", maximum: 1000 } },
  headers: { "if-match": { type: "string", maxLength: 8 } },
  body: { $ref: "patient.yaml#/components/schemas/PatientCreate" },
});
const isValidationError = contractSchema({ $ref: "shared/schemas.yaml#/ValidationError" });

const VALID = {
  path: { patientId: "0198c0de-0000-7000-8000-000000000001" },
  query: {},
  headers: {},
  body: { firstName: "Vera", gender: "female", dateOfBirth: "1984", postCode: "3012" },
  today: "2026-11-20",
};

function faultsOf(changes: object) {
  validate({ ...VALID, ...changes });
  return requestFaults(validate.errors ?? []);
}

describe("requestFaults", () => {
  it("finds nothing wrong with a valid request", () => {
    expect(faultsOf({})).toEqual({ path: [], others: [] });
  });

  it("names the place in the body by a JSON pointer", () => {
    const { others } = faultsOf({ body: { ...VALID.body, postCode: "30123", gender: "f" } });
    expect(others).toEqual([
      { pointer: "/gender", code: "enum", message: "must be equal to one of the allowed values" },
      { pointer: "/postCode", code: "maxLength", message: "must NOT have more than 4 characters" },
    ]);
  });

  it("points at a member that is missing, and at the body as a whole", () => {
    const body = { ...VALID.body, firstName: undefined };
    expect(faultsOf({ body }).others).toEqual([
      { pointer: "/firstName", code: "required", message: "must have required property 'firstName'" },
    ]);
    expect(faultsOf({ body: [] }).others).toMatchObject([{ pointer: "", code: "type" }]);
    expect(faultsOf({ body: null }).others).toMatchObject([{ pointer: "", code: "type" }]);
  });

  it("names the parameter, path apart from the others", () => {
    const faults = faultsOf({
      path: { patientId: "x" },
      query: { limit: 1001 },
      headers: { "if-match": "123456789" },
    });
    expect(faults.path.map((one) => "parameter" in one && one.parameter)).toContain("patientId");
    expect(faults.others).toMatchObject([
      { parameter: "limit", code: "maximum" },
      { parameter: "if-match", code: "maxLength" },
    ]);
  });

  it("says that a date is after today", () => {
    expect(faultsOf({ body: { ...VALID.body, dateOfBirth: "2026-11-21" } }).others).toEqual([
      { pointer: "/dateOfBirth", code: "x-not-after-today", message: "must not be after today" },
    ]);
  });

  it.each(["canary", "__proto__", "toString", "a/b~c", "x".repeat(10_000)])(
    "refuses the unknown name %j without repeating it",
    (name) => {
      const unknown = Object.fromEntries([[name, "canary"]]);
      for (const part of ["body", "query"] as const) {
        const faults = faultsOf({ [part]: { ...VALID[part], ...unknown } });
        expect(faults.others).toHaveLength(1);
        expect(faults.others).toMatchObject([{ code: "additionalProperties" }]);
        expect(JSON.stringify(faults)).not.toContain(name);
      }
    },
  );

  it("names 32 faults at most", () => {
    const unknown = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`u${index}`, 1]));
    const { others } = faultsOf({ body: { ...VALID.body, ...unknown } });
    expect(others).toHaveLength(32);
  });

  it("repeats nothing of what was sent, and fits the contract, whatever was sent", () => {
    const marked = fc.string({ maxLength: 12 }).map((text) => `canary${text}`);
    const value = fc.oneof(marked, fc.dictionary(marked, marked), fc.array(marked), fc.integer());
    const field = fc.constantFrom("firstName", "gender", "dateOfBirth", "postCode", "canary");
    fc.assert(
      fc.property(fc.dictionary(field, value), marked, marked, (body, patientId, limit) => {
        const { path, others } = faultsOf({ body, path: { patientId }, query: { limit } });
        expect(JSON.stringify([path, others])).not.toContain("canary");
        for (const fault of [...path, ...others]) expect(isValidationError(fault)).toBe(true);
      }),
    );
  });

  it("stays within the contract's limits when a rule has much to say", () => {
    const error = {
      instancePath: `/body/${"a".repeat(500)}`,
      schemaPath: "#",
      keyword: "pattern",
      params: {},
      message: "m".repeat(500),
    };
    for (const fault of requestFaults([error]).others) expect(isValidationError(fault)).toBe(true);
  });

  it("names a rule that has no message of its own", () => {
    const error = { instancePath: "/body", schemaPath: "#", keyword: "not", params: {} };
    expect(requestFaults([error]).others).toEqual([
      { pointer: "", code: "not", message: "breaks the rule not" },
    ]);
  });
});
