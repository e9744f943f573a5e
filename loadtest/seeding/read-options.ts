import { parseArgs } from "node:util";
import { errorField } from "./error-field.ts";

/** What `npm run seed` is asked for. */
export interface SeedOptions {
  /** How many patients, at least 1. */
  patients: number;
  /** The gateway's address, without a slash at its end. */
  gateway: string;
  /** A key of a subscription to the Patient API. */
  key: string;
  /** Names the data set. */
  seed: string;
}

/** The command line is wrong. Its message is for the user. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** How the command is called. */
export const usage = `npm run seed -- --patients N [--gateway URL] [--key K] [--seed S]
  --patients  how many patients to create, 1 to 1000000
  --gateway   the gateway's address           (http://127.0.0.1:8080)
  --key       a subscription key              (local-partner-key)
  --seed      any text that names a data set  (specimen)
`;

/** @throws {UsageError} naming the option, what was read and what is expected */
export function readSeedOptions(args: string[]): SeedOptions {
  const { patients, gateway, key, seed } = parse(args);
  if (patients === undefined) throw new UsageError("--patients is missing; expected how many to create.");
  return { patients: readCount(patients), gateway: readAddress(gateway), key, seed };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        patients: { type: "string" },
        gateway: { type: "string", default: "http://127.0.0.1:8080" },
        key: { type: "string", default: "local-partner-key" },
        seed: { type: "string", default: "specimen" },
      },
    }).values;
  } catch (error) {
    const [sentence = ""] = (errorField(error, "message") ?? "").split(/\. |\n/);
    throw new UsageError(`${sentence.replace(/\.$/, "")}.`, { cause: error });
  }
}

function readCount(text: string): number {
  const count = Number(text);
  if (/^\d{1,7}$/.test(text) && count >= 1 && count <= 1_000_000) return count;
  throw new UsageError(`--patients is "${text}"; expected a number from 1 to 1000000.`);
}

function readAddress(text: string): string {
  const isAddress = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  if (isAddress) return text.replace(/\/+$/, "");
  throw new UsageError(`--gateway is "${text}"; expected an address such as http://127.0.0.1:8080.`);
}
