import { describe, expect, it } from "@jest/globals";
import { isPersonalName } from "./personal-names.ts";

describe("isPersonalName", () => {
  it.each([
    ...["name", "firstName", "LastName", "full_name", "given-name", "patientName", "PersonName"],
    ...["dateOfBirth", "birthDate", "DOB", "dateOfBirthFrom", "gender"],
    ...["postCode", "PostCode", "postcode", "zip", "homeAddress", "street"],
    ...["insuranceNumber", "InsuranceNumber", "preferredContactNumber", "phone", "eMail", "e-mail"],
  ])("%s is", (name) => {
    expect(isPersonalName(name)).toBe(true);
  });

  it.each([
    ...["patientId", "testId", "operationName", "sourceSystemName", "resourceName", "traceId"],
    ...["limit", "cursor", "from", "to", "posted", "code", "codePost", "page", "message", "mailbox-id-7", ""],
    ...["constructor", "__proto__"],
  ])("%s is not", (name) => {
    expect(isPersonalName(name)).toBe(false);
  });
});
