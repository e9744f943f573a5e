import type { Random } from "./random.ts";
import { panels } from "./read-data.ts";
import type { Measurand } from "./read-data.ts";

/** A test to be added to a patient, as the contract's `TestCreate`. */
export interface SyntheticTest {
  performer: string;
  orderReference: string;
  observations: SyntheticObservation[];
}

/** One observation, as the contract's `Observation`. */
export interface SyntheticObservation {
  id: string;
  /** LOINC. */
  code: string;
  /** A number with its unit (UCUM), or a finding. */
  measurement: string;
  /** HL7 v3 ObservationInterpretation: `L` below, `N` within, `H` above the reference range, `A` abnormal. */
  interpretation: string;
  /** UTC, with milliseconds. */
  issued: string;
  /** FHIR ObservationStatus. */
  status: string;
}

/** Makes up the results of one test: a panel that a laboratory measured, or some of it. */
export function medicalTest(random: Random): SyntheticTest {
  const panel = random.pick(panels);
  const issued = moment(random);
  const status = random.chance(0.9) ? "final" : random.pick(["preliminary", "amended", "corrected"]);
  const measured = panel.observations.filter((_, index) => index === 0 || random.chance(0.8));
  return {
    performer: `LAB-${String(random.integer(1, 40)).padStart(2, "0")}`,
    orderReference: `ORDER-${issued.slice(0, 4)}-${String(random.integer(0, 999_999)).padStart(6, "0")}`,
    observations: measured.map((measurand, index) => ({
      id: `OBSERVATION-${String(index + 1).padStart(2, "0")}`,
      code: measurand.code,
      ...measure(random, measurand),
      issued,
      status,
    })),
  };
}

function measure(random: Random, measurand: Measurand): { measurement: string; interpretation: string } {
  if ("values" in measurand) {
    const { text, interpretation } = random.pick(measurand.values);
    return { measurement: text, interpretation };
  }
  const { unit, low, high, decimals } = measurand;
  const value = Number(numberAround(random, low, high).toFixed(decimals));
  const interpretation = value < low ? "L" : value > high ? "H" : "N";
  return { measurement: `${value.toFixed(decimals)} ${unit}`, interpretation };
}

/** Mostly within the range, one in twelve below (when there is a below), one in twelve above. */
function numberAround(random: Random, low: number, high: number): number {
  const at = random.next();
  if (at < 1 / 12 && low > 0) return low * (0.6 + 0.39 * random.next());
  if (at > 11 / 12) return high * (1.02 + 0.8 * random.next() ** 2);
  return low + (high - low) * random.next();
}

const firstMoment = Date.UTC(2023, 0, 1);
const lastMoment = Date.UTC(2025, 11, 31);

function moment(random: Random): string {
  return new Date(random.integer(firstMoment, lastMoment)).toISOString();
}
