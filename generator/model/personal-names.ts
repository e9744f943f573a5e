/** Words that name something about a person, whatever stands beside them. */
const PERSONAL_WORDS = new Set([
  ...["birth", "birthday", "birthdate", "dob", "born", "age", "gender", "sex"],
  ...["forename", "surname", "firstname", "lastname", "fullname", "nickname", "maiden"],
  ...["insurance", "ssn", "ahv", "nhs", "mrn", "passport", "iban"],
  ...["phone", "telephone", "mobile", "fax", "email", "mail", "contact"],
  ...["postcode", "postal", "zip", "zipcode", "street", "address", "city"],
  ...["diagnosis", "allergy", "religion", "ethnicity", "nationality"],
]);

/** What makes the word `name` that of a person. */
const NAMED_PERSON = new Set([
  "first",
  "last",
  "full",
  "given",
  "family",
  "middle",
  "patient",
  "person",
  "contact",
]);

/**
 * Whether a name, such as that of a parameter, a property or a schema, is that of something personal: `postCode`,
 * `DateOfBirth`, `insurance-number`, a bare `name`. `operationName` and `patientId` are not.
 */
export function isPersonalName(name: string): boolean {
  const words = wordsOf(name);
  return (
    (words.length === 1 && words[0] === "name") ||
    words.some((word, index) => {
      const next = words[index + 1];
      if (PERSONAL_WORDS.has(word)) return true;
      return NAMED_PERSON.has(word) ? next === "name" : word === "post" && next === "code";
    })
  );
}

/** `dateOfBirth`, `date-of-birth` and `DATE_OF_BIRTH` have the same words. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}
