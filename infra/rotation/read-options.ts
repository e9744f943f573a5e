import { parseArgs } from "node:util";
import type { Rotation } from "./step.ts";

export interface RotateKeysOptions {
  readonly environment: string;
  /** Names in the vault; empty for all. */
  readonly secrets: readonly string[];
  readonly dryRun: boolean;
  readonly waits: { readonly graceSeconds?: number; readonly readerSeconds?: number };
}

export const USAGE = `Usage: npm run rotate-keys -- --environment <name> [--secret <name>]… [--grace <seconds>] [--reader-seconds <seconds>] [--dry-run]

  --environment     local, or one of environments/ that is in Azure
  --secret          a secret or key of the vault; all of them when absent
  --grace           how long those who were given something have to change over. When absent: clients that
                    follow a list 600 s; a partner's subscription key until it is run with --grace 0
  --reader-seconds  how long an app goes on with a hash key or a connection string that it has read; more than
                    its 30 s when absent
  --dry-run         says what would be done, and does nothing

A run that was killed is continued by the next one.`;

/** @returns what is wrong, as a sentence */
export function readOptions(args: readonly string[]): RotateKeysOptions | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        environment: { type: "string" },
        secret: { type: "string", multiple: true, default: [] },
        grace: { type: "string" },
        "reader-seconds": { type: "string" },
        "dry-run": { type: "boolean", default: false },
      },
    });
    if (values.environment === undefined) return "--environment is missing.";
    for (const name of ["grace", "reader-seconds"] as const) {
      const value = values[name];
      if (value !== undefined && !/^\d{1,7}$/.test(value))
        return `--${name} is "${value}"; expected a number of seconds.`;
    }
    const readerSeconds = values["reader-seconds"];
    return {
      environment: values.environment,
      secrets: values.secret,
      dryRun: values["dry-run"],
      waits: {
        ...(values.grace !== undefined && { graceSeconds: Number(values.grace) }),
        ...(readerSeconds !== undefined && { readerSeconds: Number(readerSeconds) }),
      },
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** @returns what is wrong, as a sentence */
export function chooseRotations(
  all: readonly Rotation[],
  names: readonly string[],
): readonly Rotation[] | string {
  if (names.length === 0) return all;
  const unknown = names.find((name) => !all.some((rotation) => rotation.name === name));
  if (unknown !== undefined)
    return `There is no secret ${unknown} that is rotated; there are ${all.map(({ name }) => name).join(", ")}.`;
  return all.filter(({ name }) => names.includes(name));
}
