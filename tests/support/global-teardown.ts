import { leaksIn } from "./canary.ts";
import { shared } from "./global-setup.ts";
import { wholeRegister } from "./register.ts";

/**
 * Ends the shared platform. Before that, everything that the journeys have left in the register is searched for what
 * nobody may keep; `stop` searches the log lines.
 * @throws when something is found, which fails the run
 */
export default async function tearDown(): Promise<void> {
  const { platform } = shared;
  if (!platform) return;
  const leaks = await wholeRegister(platform.gateway)
    .then((pages) => pages.flatMap(leaksIn))
    .finally(() => platform.stop());
  if (leaks.length > 0) throw new Error(`The register holds what clients sent: ${leaks.join(", ")}.`);
}
