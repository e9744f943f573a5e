import { once } from "node:events";
import { createServer } from "node:http";
import type { Parts } from "./start-parts.ts";

/** A way in which the register is away: how it goes, and how it comes back. */
export interface WayOfBeingAway {
  readonly name: string;
  /** Whether an app sees the same of another way. */
  readonly likeAnother?: boolean;
  /** @returns what brings it back */
  readonly leave: (parts: Parts) => Promise<() => Promise<unknown>>;
}

/** Slower than `AUDIT_TIMEOUT_MS`, 150. */
const TOO_SLOW_MS = 400;

export const waysOfBeingAway: readonly WayOfBeingAway[] = [
  { name: "its process hangs", leave: (parts) => hang(parts) },
  { name: "its process dies, again and again", leave: (parts) => dieAgainAndAgain(parts) },
  { name: "packets vanish", likeAnother: true, leave: (parts) => suffer(parts, "black-hole") },
  { name: "nobody listens", likeAnother: true, leave: (parts) => suffer(parts, "refuse") },
  { name: "every answer is 500", leave: (parts) => answer500(parts) },
  {
    name: "answers break off after their first byte",
    leave: (parts) => suffer(parts, "reset-after-first-byte"),
  },
  { name: "requests break off", leave: (parts) => suffer(parts, "cut-request") },
  { name: "answers are later than the deadline", leave: (parts) => suffer(parts, { delayMs: TOO_SLOW_MS }) },
];

async function suffer({ line }: Parts, fault: Parameters<Parts["line"]["suffer"]>[0]) {
  await line.suffer(fault);
  return () => line.suffer("none");
}

function hang({ audit }: Parts): Promise<() => Promise<unknown>> {
  const processId = processOf(audit.processId());
  process.kill(processId, "SIGSTOP");
  return Promise.resolve(() => Promise.resolve(process.kill(processId, "SIGCONT")));
}

/** Its supervisor starts it again; each time it is there, it is killed. */
function dieAgainAndAgain({ audit }: Parts): Promise<() => Promise<unknown>> {
  const kill = () => {
    const processId = audit.processId();
    if (processId !== undefined) process.kill(processId, "SIGKILL");
  };
  kill();
  const killer = setInterval(kill, 20);
  return Promise.resolve(() => {
    clearInterval(killer);
    return Promise.resolve();
  });
}

async function answer500({ audit, line }: Parts): Promise<() => Promise<unknown>> {
  const failing = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(500).end());
  });
  failing.listen(0, "127.0.0.1");
  await once(failing, "listening");
  const address = failing.address();
  if (typeof address !== "object" || address === null) throw new Error("It does not listen.");
  line.to(address.port);
  await reconnect(line);
  return async () => {
    line.to(audit.port);
    await reconnect(line);
    failing.closeAllConnections();
    failing.close();
  };
}

/** Connections that there are would go on to where they went. */
async function reconnect(line: Parts["line"]): Promise<void> {
  await line.suffer("refuse");
  await line.suffer("none");
}

function processOf(id: number | undefined): number {
  if (id === undefined) throw new Error("The app has no process now.");
  return id;
}
