import type { Manifest } from "../../manifest.ts";
import type { Reach } from "./matrix.ts";

const HTTPS = "Tcp 443";
/** Cosmos DB for MongoDB, as its connection strings have it. */
const MONGODB = "Tcp 10255";

/**
 * Who has to reach whom, from the manifest alone: written a second time, so that a slip in the one that the stacks are made from
 * does not pass for a wish.
 */
export function expectedReach({ apis }: Manifest): Reach[] {
  const found: Reach[] = [];
  const add = (from: string, to: string, ...flows: string[]) => void found.push({ from, to, flows });
  for (const { name, app, gateway } of apis) {
    const own = `${name}-app`;
    if (gateway) add("gateway", `${name}-endpoint`, HTTPS);
    for (const other of apis)
      if (app.settings.includes(`${other.name.toUpperCase().replaceAll("-", "_")}_URL`))
        add(own, `${other.name}-endpoint`, HTTPS);
    add(own, `${name}-data`, HTTPS, MONGODB);
    add(own, "shared", HTTPS);
    for (const tag of ["AzureActiveDirectory", "AzureMonitor"]) add(own, `[${tag}]`, HTTPS);
    add("deployment", `${name}-endpoint`, HTTPS);
    add("deployment", `${name}-data`, HTTPS);
  }
  add("gateway", "shared", HTTPS);
  for (const tag of ["AzureActiveDirectory", "AzureKeyVault", "AzureMonitor", "Storage"])
    add("gateway", `[${tag}]`, HTTPS);
  add("deployment", "shared", HTTPS);
  // The machines of the pipeline, with all that Azure has outside.
  for (const tag of ["AzureActiveDirectory", "AzureKeyVault", "AzureMonitor", "Internet", "Storage"])
    add("deployment", `[${tag}]`, HTTPS);
  return found;
}

/** The subnets that have to reach addresses outside, and so need a way there. */
export function expectedWaysOut(manifest: Manifest): string[] {
  const outside = expectedReach(manifest).filter(({ to }) => to.startsWith("["));
  return [...new Set(outside.map(({ from }) => from))];
}
