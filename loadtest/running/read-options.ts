import { parseArgs } from "node:util";

/** What `npm run load` is asked for. */
export interface LoadOptions {
  /** How long the users run. */
  seconds: number;
  users: number;
  /** The gateway's address. */
  host: string;
}

/** How the command is called. */
export const usage = `npm run load -- [--seconds N] [--users N] [--host URL]
  --seconds  how long           (30)
  --users    how many at once   (20)
  --host     the gateway        (http://127.0.0.1:8080)
Keys and thresholds: loadtest/README.md
`;

/** @throws Error naming the option, what was read and what is expected */
export function readLoadOptions(args: string[]): LoadOptions {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: "string", default: "30" },
      users: { type: "string", default: "20" },
      host: { type: "string", default: "http://127.0.0.1:8080" },
    },
  });
  return {
    seconds: readCount("--seconds", values.seconds),
    users: readCount("--users", values.users),
    host: readAddress(values.host),
  };
}

function readCount(option: string, text: string): number {
  const count = Number(text);
  if (/^\d{1,6}$/.test(text) && count > 0) return count;
  throw new Error(`${option} is "${text}"; expected a number from 1 on.`);
}

function readAddress(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/\/+$/, "");
  throw new Error(`--host is "${text}"; expected an address such as http://127.0.0.1:8080.`);
}
