import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { errorField } from "./seeding/error-field.ts";
import { pythonEnvironment } from "./running/python-environment.ts";
import { readLoadOptions, usage } from "./running/read-options.ts";
import type { LoadOptions } from "./running/read-options.ts";

/** `npm run load`. Exit code 0 when every threshold is met, 1 when not, 2 when the journeys could not be run. */
async function main(): Promise<number> {
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    process.stdout.write(usage);
    return 0;
  }
  const options = readLoadOptions(args);
  await refuseSilentGateway(options.host);
  const environment = path.join(path.dirname(import.meta.dirname), ".build/loadtest-python");
  const locust = pythonEnvironment(environment, path.join(import.meta.dirname, "requirements.txt"));
  return run(locust, options);
}

/** The address at which API Management, and the local gateway, say that they are there. */
async function refuseSilentGateway(host: string): Promise<void> {
  const { status } = await fetch(`${host}/status-0123456789abcdef`).catch(() => ({ status: 0 }));
  if (status === 0) throw new Error(`${host} cannot be reached. Is it running? Start it with: npm start`);
}

async function run(locust: string, { seconds, users, host }: LoadOptions): Promise<number> {
  const args = [
    "--host",
    host,
    "--users",
    String(users),
    "--spawn-rate",
    String(users),
    "--run-time",
    `${seconds}s`,
  ];
  const child = spawn(locust, args, { cwd: import.meta.dirname, stdio: ["ignore", "inherit", "inherit"] });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  process.once("SIGINT", forward).once("SIGTERM", forward);
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? 1;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`load: ${errorField(error, "message") ?? String(error)}\n`);
    process.exitCode = 2;
  },
);
