import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { leaksIn } from "./canary.ts";

export type PlatformRequest = "process-ids" | "stop";

/** Where a platform under test is, and the keys that open its apps. */
export interface PlatformAddresses {
  readonly gateway: string;
  readonly apps: Readonly<Record<string, string>>;
  readonly keys: Readonly<
    Record<string, { hostKeys: Record<string, string>; functionKeys: Record<string, Record<string, string>> }>
  >;
  readonly databases: Readonly<Record<string, string>>;
  readonly stateDirectory: string;
}

export interface TestPlatform extends PlatformAddresses {
  readonly process: ChildProcess;
  /** What its parts have written, line by line. */
  readonly lines: readonly string[];
  /** The process ids of the function apps now. */
  processIds(): Promise<Record<string, number>>;
  /**
   * Stops it; its state folder goes too, unless it was given one.
   * @throws when a line that it has written or its telemetry holds what a client sent, or a line says that an answer broke the contract
   */
  stop(): Promise<void>;
}

export interface TestPlatformOptions {
  /** Kept after the stop. A new one, removed at the stop, when absent. */
  readonly stateDirectory?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly namedValues?: Readonly<Record<string, string>>;
  /** App settings that go before those of the platform. */
  readonly appSettings?: Readonly<Record<string, string>>;
}

/**
 * On a busy machine the register takes longer than production waits for it: its records would go by the outbox, and come a
 * little later than a test asks for them. In milliseconds.
 */
const PATIENT_TESTS = { AUDIT_TIMEOUT_MS: "5000" };

type PlatformMessage =
  | { type: "ready"; addresses: PlatformAddresses }
  | { type: "failed"; message: string }
  | { type: "log"; line: string }
  /** What a client sent is in telemetry. */
  | { type: "leak"; leak: string }
  | { type: "process-ids"; ids: Record<string, number> };

/** Starts a platform of the test's own: free ports, databases of its own. @throws with the platform's one clear line */
export async function startTestPlatform(options: TestPlatformOptions = {}): Promise<TestPlatform> {
  const stateDirectory = options.stateDirectory ?? (await mkdtemp(join(tmpdir(), "specimen-test-")));
  const settings = {
    environment: {
      SPECIMEN_GATEWAY_PORT: "0",
      SPECIMEN_STATE_DIR: stateDirectory,
      SPECIMEN_REPLY_VALIDATION: "throw",
      // What every journey's platform would send is like what the shared one does.
      SPECIMEN_TELEMETRY: "off",
      ...options.environment,
    },
    namedValues: options.namedValues ?? {},
    appSettings: { ...PATIENT_TESTS, ...options.appSettings },
  };
  const child = fork(join(import.meta.dirname, "platform-process.ts"), {
    env: { ...process.env, TEST_PLATFORM: JSON.stringify(settings), NODE_OPTIONS: "" },
    execArgv: ["--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const lines = linesOf(child);
  const leaks = leaksOf(child);
  const addresses = await ready(child);
  return {
    ...addresses,
    process: child,
    lines,
    async processIds() {
      child.send("process-ids" satisfies PlatformRequest);
      const message = await messageOf(child, "process-ids");
      return message.ids;
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const exit = once(child, "exit");
        child.send("stop" satisfies PlatformRequest);
        await exit;
      }
      if (options.stateDirectory === undefined)
        for (const directory of [stateDirectory, `${stateDirectory}-checkpoints`])
          await rm(directory, { recursive: true, force: true });
      const leaking = lines.find((line) => leaksIn(line).length > 0);
      if (leaking !== undefined) throw new Error(`The platform logs what clients sent: ${leaking}`);
      if (leaks.size > 0) throw new Error(`Telemetry holds what clients sent: ${[...leaks].join(", ")}`);
      const broken = lines.find((line) => line.includes('"event":"reply-breaks-contract"'));
      if (broken !== undefined) throw new Error(`An app broke its contract: ${broken}`);
    },
  };
}

/** What the parts of a platform write, and what it writes itself, which is shown too: it is not expected to. */
function linesOf(child: ChildProcess): readonly string[] {
  const lines: string[] = [];
  child.on("message", (message: PlatformMessage) => {
    if (message.type === "log") lines.push(message.line);
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      process.stderr.write(`${line}\n`);
    });
  }
  return lines;
}

/** What of clients' data has arrived at the collector. */
function leaksOf(child: ChildProcess): ReadonlySet<string> {
  const leaks = new Set<string>();
  child.on("message", (message: PlatformMessage) => {
    if (message.type === "leak") leaks.add(message.leak);
  });
  return leaks;
}

async function ready(child: ChildProcess): Promise<PlatformAddresses> {
  const failed = messageOf(child, "failed").then(({ message }) => {
    throw new Error(message);
  });
  const exited = once(child, "exit").then(() => {
    throw new Error("The platform ended before it was ready.");
  });
  const { addresses } = await Promise.race([messageOf(child, "ready"), failed, exited]);
  exited.catch(() => undefined);
  failed.catch(() => undefined);
  return addresses;
}

function messageOf<Type extends PlatformMessage["type"]>(
  child: ChildProcess,
  type: Type,
): Promise<Extract<PlatformMessage, { type: Type }>> {
  return new Promise((resolve) => {
    const listen = (message: PlatformMessage) => {
      if (message.type !== type) return;
      child.off("message", listen);
      resolve(message as Extract<PlatformMessage, { type: Type }>);
    };
    child.on("message", listen);
  });
}
