import { refreshGenerated } from "./ledger/refresh-generated.ts";

/**
 * Brings `generated/` up to date when anything that it is made from has changed since, or anything in it; loads no more
 * than the means to find that out when nothing has.
 * @param warn is told what has been overwritten although it was not generated; the error output, unless a test says otherwise
 * @throws {ContractError} with everything that is wrong in the sources; nothing is written then
 */
export async function ensureGenerated({
  projectDirectory,
  warn = printWarning,
}: {
  readonly projectDirectory: string;
  readonly warn?: (line: string) => void;
}): Promise<void> {
  const { overwritten } = await refreshGenerated(projectDirectory);
  for (const { path, line } of overwritten)
    warn(`generated/${path}:${line} was edited by hand or merged, and has been generated again`);
}

function printWarning(line: string): void {
  process.stderr.write(`${line}\n`);
}
