import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { recordAt } from "./data-set.ts";
import { cultures, panels } from "./read-data.ts";

const records = Array.from({ length: 2000 }, (_, index) => recordAt("test", index));
const openapi = path.resolve(import.meta.dirname, "../../openapi");

describe("recordAt", () => {
  it("gives the same record for the same seed and place", () => {
    expect(recordAt("test", 7)).toEqual(records[7]);
    expect(recordAt("test", 8)).not.toEqual(records[7]);
    expect(recordAt("another", 7)).not.toEqual(records[7]);
  });

  it("gives what it always gave", () => {
    expect(recordAt("specimen", 0).patient).toEqual({
      firstName: "Noor",
      lastName: "El Amrani",
      fullName: "Noor El Amrani",
      gender: "female",
      dateOfBirth: "1990-12",
      postCode: "2087",
      insuranceNumber: "SYN-80756-734393",
      preferredContactNumber: "+41 00 196 23 52",
    });
  });

  it("gives patients and tests that the contract accepts", () => {
    const isPatient = validator("PatientCreate");
    const isTest = validator("TestCreate");
    for (const { patient, tests } of records) {
      isPatient(patient);
      tests.forEach(isTest);
    }
  });

  it("has partial dates of birth, about a tenth of each kind", () => {
    const count = (length: number) =>
      records.filter(({ patient }) => patient.dateOfBirth.length === length).length;
    expect(count(4)).toBeGreaterThan(150);
    expect(count(4)).toBeLessThan(250);
    expect(count(7)).toBeGreaterThan(150);
    expect(count(7)).toBeLessThan(250);
    expect(count(10)).toBe(2000 - count(4) - count(7));
  });

  it("has real days only", () => {
    const days = records.map(({ patient }) => patient.dateOfBirth).filter((date) => date.length === 10);
    for (const day of days) expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day);
  });

  it("has patients with no test and with each number of tests up to five, of every panel", () => {
    expect(new Set(records.map(({ tests }) => tests.length))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
    const codes = new Set(
      records.flatMap(({ tests }) => tests.flatMap(({ observations }) => observations)).map((o) => o.code),
    );
    expect(codes).toEqual(
      new Set(panels.flatMap(({ observations }) => observations.map(({ code }) => code))),
    );
  });

  it("interprets numbers by the reference range", () => {
    const observations = records.flatMap(({ tests }) => tests.flatMap((test) => test.observations));
    const sodium = observations.filter(({ code }) => code === "2951-2");
    expect(new Set(sodium.map(({ interpretation }) => interpretation))).toEqual(new Set(["L", "N", "H"]));
    for (const { measurement, interpretation } of sodium) {
      const value = Number.parseFloat(measurement);
      expect(interpretation).toBe(value < 135 ? "L" : value > 145 ? "H" : "N");
    }
  });
});

describe("the lists", () => {
  it("hold names of several cultures that fit the contract", () => {
    expect(cultures.length).toBeGreaterThan(8);
    for (const { female, male, family } of cultures) {
      for (const name of [...female, ...male, ...family]) expect(name.trim()).toBe(name);
    }
  });

  it("hold LOINC codes whose check digit is right", () => {
    for (const { code } of panels.flatMap(({ observations }) => observations)) {
      const [digits = "", check] = code.split("-");
      expect(`${code} ${luhn(digits)}`).toBe(`${code} ${check}`);
    }
  });
});

/** The check digit of LOINC is that of Luhn's algorithm (LOINC Users' Guide, "Check digits"). */
function luhn(digits: string): number {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return (10 - (sum % 10)) % 10;
}

function validator(schema: string): (value: unknown) => void {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addFormat("partial-date", /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/);
  ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  ajv.addFormat("uuid", true);
  ajv.addFormat("uri-reference", true);
  for (const file of ["patient.yaml", "shared/schemas.yaml"]) {
    const document = parse(readFileSync(path.join(openapi, file), "utf8")) as object;
    ajv.addSchema(document, `https://contract.example/${file}`, undefined, false);
  }
  const validate = ajv.getSchema(`https://contract.example/patient.yaml#/components/schemas/${schema}`);
  if (!validate) throw new Error(`The contract has no schema ${schema}.`);
  return (value) => {
    const isValid = validate(value);
    expect(isValid ? [] : validate.errors).toEqual([]);
  };
}
