import { fork, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { build } from "esbuild";

const root = path.resolve(import.meta.dirname, "../..");

/** A server that is measured, in processes of its own. */
export interface Server {
  url: string;
  /** Its first process; others are its children. */
  processId: number;
  stop(): Promise<void>;
}

/** A platform; its address is the gateway's. */
export interface WholePlatform extends Server {
  /** The Audit app's own address. */
  auditApp: string;
}

/** `node:http`, and nothing else. */
export async function startRawEcho(): Promise<Server> {
  const child = fork(path.join(import.meta.dirname, "raw-echo.ts"), { stdio: "inherit" });
  return readyServer(child, "The raw echo");
}

/**
 * The functions host with the smallest app, bundled as apps are.
 *
 * @param key its host key
 * @throws Error when the host does not start
 */
export async function startEchoHost(directory: string, key: string): Promise<Server> {
  const bundle = path.join(directory, "echo-app.cjs");
  const [hostJson, keys] = [path.join(directory, "host.json"), path.join(directory, "keys.json")];
  await build({
    entryPoints: [path.join(import.meta.dirname, "echo-app.ts")],
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    external: ["@azure/functions-core"],
    logLevel: "error",
  });
  await writeFile(hostJson, JSON.stringify({ version: "2.0", extensions: { http: { routePrefix: "" } } }));
  await writeFile(keys, JSON.stringify({ hostKeys: { default: key }, functionKeys: {} }));
  const child = fork(path.join(root, "platform/functions-host/main.ts"), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: {
      ...process.env,
      SPECIMEN_APP_BUNDLE: bundle,
      SPECIMEN_APP_HOST_JSON: hostJson,
      SPECIMEN_APP_PORT: "0",
      SPECIMEN_APP_KEYS: keys,
    },
  });
  return readyServer(child, "The functions host");
}

/** A register that takes every record at once, and keeps none. */
export async function startInstantRegister(): Promise<Server> {
  const child = fork(path.join(import.meta.dirname, "instant-register.ts"), { stdio: "inherit" });
  return readyServer(child, "The instant register");
}

/**
 * The whole platform, as `npm start` starts it, on a free port.
 *
 * @param directory its state, which should be empty
 * @param settings platform settings that differ
 * @throws Error when it does not start
 */
export async function startWholePlatform(
  directory: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<WholePlatform> {
  const child = spawn(process.execPath, [path.join(root, "platform/main.ts")], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, SPECIMEN_GATEWAY_PORT: "0", SPECIMEN_STATE_DIR: directory, ...settings },
  });
  const { gateway, auditApp } = await printedAddresses(child.stdout);
  return { ...server(child, gateway), auditApp };
}

/** Goes on reading afterwards: a process whose output nobody reads stands still. */
function printedAddresses(output: Readable): Promise<{ gateway: string; auditApp: string }> {
  return new Promise((resolve, reject) => {
    let printed = "";
    output.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const gateway = /^ *gateway +(http:\S+?)\/patient\b/m.exec(printed)?.[1];
      const auditApp = /^ *audit app +(http:\S+)/m.exec(printed)?.[1];
      if (gateway !== undefined && auditApp !== undefined) resolve({ gateway, auditApp });
    });
    output.on("end", () => reject(new Error("The platform did not start.")));
  });
}

async function readyServer(child: ChildProcess, name: string): Promise<Server> {
  const ended = once(child, "exit").then(() => {
    throw new Error(`${name} did not start.`);
  });
  const [message] = (await Promise.race([once(child, "message"), ended])) as [{ url: string }];
  ended.catch(() => undefined);
  return server(child, message.url);
}

function server(child: ChildProcess, url: string): Server {
  return {
    url,
    processId: child.pid ?? 0,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}
