import { build } from "esbuild";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { superviseApp, type SuperviseOptions, type SupervisedApp } from "../supervise-app.ts";

/** A function app made for a test: a folder with its bundle, `host.json` and keys file. */
export interface TestApp {
  bundle: string;
  hostJson: string;
  keysFile: string;
  /** Lines that its processes wrote. */
  lines: string[];
  /** Resolves once a line contains the text, the lines so far included. */
  sees(text: string): Promise<string>;
  /** Starts it under supervision, to be stopped by {@link remove}. */
  start(options?: Partial<SuperviseOptions>): Promise<SupervisedApp>;
  /** Stops what was started and deletes the folder. */
  remove(): Promise<void>;
}

/** Keys that the test apps open with: `HOST_KEY` everything, `ECHO_KEY` the function `echo` alone. */
export const HOST_KEY = "host-key-of-the-test";
export const ECHO_KEY = "echo-key-of-the-test";

/** Bundles an app's source the way the build does. `app` from `@azure/functions` is in scope. */
export async function createTestApp(
  source: string,
  {
    hostJson = hostJsonWithPrefix(""),
    keys = { hostKeys: { default: HOST_KEY }, functionKeys: {} },
  }: TestAppOptions = {},
): Promise<TestApp> {
  const directory = mkdtempSync(join(tmpdir(), "specimen-app-"));
  const file = (name: string) => join(directory, name);
  await bundleApp(source, file("index.cjs"));
  writeFileSync(file("host.json"), JSON.stringify(hostJson));
  writeFileSync(file("keys.json"), JSON.stringify(keys));
  const output = createOutput();
  const started: SupervisedApp[] = [];
  const app = { bundle: file("index.cjs"), hostJson: file("host.json"), keysFile: file("keys.json") };

  return {
    ...app,
    ...output,
    async start(options) {
      const running = await superviseApp({
        name: "test-app",
        environment: {},
        ...app,
        log: (line) => output.log(line),
        ...options,
      });
      started.push(running);
      return running;
    },
    async remove() {
      await Promise.all(started.map((each) => each.stop()));
      rmSync(directory, { recursive: true });
    },
  };
}

interface TestAppOptions {
  hostJson?: object;
  keys?: object;
}

/** A `host.json` with a route prefix. */
export function hostJsonWithPrefix(routePrefix: string): object {
  return { version: "2.0", extensions: { http: { routePrefix } } };
}

async function bundleApp(source: string, outfile: string): Promise<void> {
  await build({
    stdin: {
      contents: `import { app, HttpResponse } from "@azure/functions";\n${source}`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["@azure/functions-core"],
    outfile,
    logLevel: "silent",
  });
}

function createOutput(): Pick<TestApp, "lines" | "sees"> & { log(line: string): void } {
  const lines: string[] = [];
  const waiting = new Set<{ text: string; resolve: (line: string) => void }>();
  return {
    lines,
    log(line) {
      lines.push(line);
      for (const each of waiting) if (line.includes(each.text) && waiting.delete(each)) each.resolve(line);
    },
    sees(text) {
      const seen = lines.find((line) => line.includes(text));
      return seen === undefined
        ? new Promise((resolve) => waiting.add({ text, resolve }))
        : Promise.resolve(seen);
    },
  };
}
