import { fork, type ChildProcess } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs `redocly diff` with its own rules, one pair of files after the other. */
export interface RedoclyRunner {
  /** What it prints as JSON. @throws {Error} when it ends instead */
  readonly diff: (base: string, head: string) => Promise<string>;
  readonly stop: () => void;
}

/** One that starts its process when it is first asked. */
export function createRedoclyRunner(): RedoclyRunner {
  let child: RedoclyProcess | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    diff: (base, head) => {
      const running = (child ??= startProcess());
      const answer = last.then(() => ask(running, base, head));
      last = answer.catch(() => undefined);
      return answer;
    },
    stop: () => void child?.child.kill(),
  };
}

interface RedoclyProcess {
  readonly child: ChildProcess;
  /** What it said last on its error output. */
  readonly said: () => string;
}

/** In a folder without a `redocly.yaml`, so that its own rules hold. */
function startProcess(): RedoclyProcess {
  const child = fork(join(import.meta.dirname, "redocly-process.ts"), {
    cwd: tmpdir(),
    env: { ...process.env, REDOCLY_TELEMETRY: "off", NO_COLOR: "1", NODE_OPTIONS: "" },
    execArgv: ["--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let said = "";
  child.stderr?.on("data", (text) => (said = String(text)));
  return { child, said: () => said };
}

function ask({ child, said }: RedoclyProcess, base: string, head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error(`redocly diff of ${head} ended: ${said()}`));
    child.once("exit", ended);
    child.once("message", (answer) => {
      child.off("exit", ended);
      resolve(typeof answer === "string" ? answer : JSON.stringify(answer));
    });
    if (!child.connected) ended();
    else child.send([base, head]);
  });
}
