import type { Random } from "./random.ts";
import { cultures } from "./read-data.ts";

/** A patient to be created, as the contract's `PatientCreate`. */
export interface SyntheticPatient {
  firstName: string;
  lastName?: string;
  fullName?: string;
  gender: "male" | "female" | "other" | "unknown";
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  dateOfBirth: string;
  /** Four digits. */
  postCode: string;
  insuranceNumber?: string;
  preferredContactNumber?: string;
}

/** Makes up a person. Nobody is meant: names are put together at random, and numbers have parts that are never given out. */
export function person(random: Random): SyntheticPatient {
  const gender = genderOf(random);
  const name = nameOf(random, gender);
  return {
    ...name,
    gender,
    dateOfBirth: partialDate(random),
    postCode: String(random.integer(1000, 9699)),
    ...maybe(random.chance(0.85), { insuranceNumber: `SYN-80756-${digits(random, 6)}` }),
    ...maybe(random.chance(0.7), {
      preferredContactNumber: `+41 00 ${digits(random, 3)} ${digits(random, 2)} ${digits(random, 2)}`,
    }),
  };
}

function genderOf(random: Random): SyntheticPatient["gender"] {
  const at = random.next();
  if (at < 0.485) return "female";
  if (at < 0.97) return "male";
  return at < 0.985 ? "other" : "unknown";
}

function nameOf(random: Random, gender: SyntheticPatient["gender"]) {
  const culture = random.pick(cultures);
  const isFemale = gender === "female" || (gender !== "male" && random.chance(0.5));
  const given = isFemale ? culture.female : culture.male;
  const firstName = random.pick(given);
  // A few have but one name, a few a second given name.
  if (random.chance(0.01)) return { firstName };
  const lastName = random.pick(culture.family);
  const allGiven = random.chance(0.15) ? `${firstName} ${random.pick(given)}` : firstName;
  const fullName = culture.familyFirst ? `${lastName} ${allGiven}` : `${allGiven} ${lastName}`;
  return { firstName, lastName, ...maybe(random.chance(0.8), { fullName }) };
}

/** A tenth knows the year only, a tenth year and month. */
function partialDate(random: Random): string {
  const year = random.integer(1928, 2024);
  const month = random.integer(1, 12);
  const day = random.integer(1, new Date(Date.UTC(year, month, 0)).getUTCDate());
  const date = new Date(Date.UTC(year, month - 1, day)).toISOString();
  const precision = random.next();
  if (precision < 0.1) return date.slice(0, 4);
  return precision < 0.2 ? date.slice(0, 7) : date.slice(0, 10);
}

function digits(random: Random, count: number): string {
  return String(random.integer(0, 10 ** count - 1)).padStart(count, "0");
}

function maybe<T extends object>(condition: boolean, properties: T): Partial<T> {
  return condition ? properties : {};
}
