import { parseArgs } from "node:util";

export interface SmokeOptions {
  /** Without a slash at its end. */
  readonly gateway: string;
  readonly partnerKey: string;
  readonly auditorKey: string;
}

export const USAGE = `Usage: npm run smoke -- --gateway <url> --partner-key-from <variable> --auditor-key-from <variable>

  --gateway            where the gateway is, such as https://specimen-dev-apim.azure-api.net
  --partner-key-from   the environment variable that holds the key of a subscription to the product partner
  --auditor-key-from   the same, to the product auditor. Keys are no arguments: a command line is there for everybody to read`;

/** @returns what is wrong, as a sentence */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): SmokeOptions | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        gateway: { type: "string" },
        "partner-key-from": { type: "string" },
        "auditor-key-from": { type: "string" },
      },
    });
    const { gateway } = values;
    if (gateway === undefined || !URL.canParse(gateway) || !/^https?:/.test(gateway))
      return `--gateway is ${gateway === undefined ? "missing" : `"${gateway}"`}; expected an address that begins with https://.`;
    const keys: string[] = [];
    for (const option of ["partner-key-from", "auditor-key-from"] as const) {
      const variable = values[option];
      if (variable === undefined) return `--${option} is missing.`;
      // Not shown: whoever mistakes the option gives the key itself.
      if (!/^[A-Za-z_]\w*$/.test(variable) || environment[variable] === undefined)
        return `--${option} names no environment variable that is set.`;
      keys.push(environment[variable]);
    }
    const [partnerKey = "", auditorKey = ""] = keys;
    if (partnerKey === "" || auditorKey === "") return "A key is empty.";
    return { gateway: gateway.replace(/\/+$/, ""), partnerKey, auditorKey };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
