import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { makeEnvelope, TRACE } from "../test-support/make-envelope.ts";
import { makeTransaction } from "../test-support/make-transaction.ts";
import { serveCollector, type ServedCollector } from "../test-support/serve-collector.ts";
import { runShowTrace } from "./run-show-trace.ts";

describe("trace:show", () => {
  let served: ServedCollector;
  beforeEach(async () => {
    served = await serveCollector();
  });
  afterEach(() => served.close());

  const run = async (args: readonly string[], isColoured = false) => {
    const printed: string[] = [];
    const warned: string[] = [];
    const port = new URL(served.pages).port;
    const print = (text: string) => void printed.push(text);
    const warn = (text: string) => void warned.push(text);
    const code = await runShowTrace(args, { port, isColoured, print, warn });
    return { code, printed: printed.join("\n"), warned: warned.join("\n") };
  };

  it.each([TRACE, `00-${TRACE}-62ba8f4851367663-01`])("prints the transaction of %s", async (given) => {
    served.collector.receive(makeTransaction());
    expect(await run([given])).toEqual({ code: 0, warned: "", printed: EXPECTED });
  });

  it("prints each tree, and what else belongs to it", async () => {
    const link = (trace: string) => ({ "_MS.links": JSON.stringify([{ operation_Id: trace, id: "a" }]) });
    const exceptions = [{ typeName: "RangeError" }];
    const [batch, other] = ["b".repeat(32), "c".repeat(32)];
    served.collector.receive([
      makeEnvelope({ id: "a", data: { success: false, responseCode: "503" } }),
      makeEnvelope({ type: "Exception", parent: "a", at: 5, data: { exceptions } }),
      makeEnvelope({ id: "late", at: 900, data: { properties: link(other) } }),
      makeEnvelope({ id: "x", trace: batch, data: { properties: link(TRACE) } }),
    ]);
    const { printed } = await run([TRACE]);
    expect(printed).toContain("patient    exception RangeError");
    expect(printed).toContain(`200  for ${other}`);
    expect(printed).toContain(`Sent on together with others, in ${batch}`);
    expect(printed.match(/2026-11-21T/g)).toHaveLength(2);
  });

  it("colours for a terminal, and lets nothing that was sent steer it", async () => {
    served.collector.receive([makeEnvelope({ data: { name: "GET \u001b[2J\u0007\u202Ex" } })]);
    expect((await run([TRACE])).printed).toContain("GET  [2J  x");
    const { printed } = await run([TRACE], true);
    expect(printed).toContain("\u001b[32m200\u001b[0m");
    expect(printed).not.toContain("\u001b[2J");
  });

  it.each([
    [
      "no argument",
      [],
      /which trace\? Expected a trace id of 32 hexadecimal digits[^]*Usage: npm run trace:show/,
    ],
    ["a malformed id", ["xyz"], /"xyz" is no trace id/],
    ["two ids", [TRACE, TRACE], /one trace at a time/],
    ["an unknown option", [TRACE, "--nope"], /--nope/],
    ["an address that is none", [TRACE, "--url", "localhost"], /no http address/],
  ])("refuses %s", async (_what, args, message) => {
    const { code, printed, warned } = await run(args);
    expect([code, printed]).toEqual([2, ""]);
    expect(warned).toMatch(message);
  });

  it("says that a trace is unknown", async () => {
    const { code, warned } = await run([TRACE]);
    expect(code).toBe(1);
    expect(warned).toMatch(/unknown. It may not have arrived yet .* dropped/);
  });

  it("says how to start what is not running", async () => {
    const { code, warned } = await run([TRACE, "--url", "http://127.0.0.1:1/"]);
    expect([code, warned]).toEqual([
      1,
      expect.stringContaining("nothing answers at http://127.0.0.1:1. Start the platform (npm start)"),
    ]);
  });

  it("says when something else answers", async () => {
    const stranger = createServer((_request, response) => void response.end("<p>hello"));
    await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
    const address = stranger.address();
    const port = typeof address === "object" ? address?.port : 0;
    const { code, warned } = await run([TRACE, "--url", `http://127.0.0.1:${port}`]);
    expect([code, warned]).toEqual([1, expect.stringContaining("answered with status 200, and not as")]);
    await new Promise((resolve) => {
      stranger.close(resolve);
      stranger.closeAllConnections();
    });
  });
});

const EXPECTED = `
Trace ea0c5bd26f7f5ff8c106a1461ecf1f97  7 spans

2026-11-21T14:43:36.000Z  request 0198c0de-0000-7000-8000-00000000abcd
    0.0 ms  ██████████████████████████████     20.0 ms  gateway  GET /patient/{patientId}  200
    1.0 ms  ·◆····························              gateway    information quota: 17 left
    2.0 ms  ···████████████████████████···     16.0 ms  gateway    HTTP 127.0.0.1:4001 GET /patient/{patientId}  200
    4.0 ms  ······███████████████████·····     12.5 ms  patient      GET /patient/{patientId}  200
    5.0 ms  ·······█████████··············      6.0 ms  patient        HTTP 127.0.0.1:4002 POST /records  200
    6.0 ms  ·········██████···············      4.0 ms  audit            POST /records  201
    7.0 ms  ··········███·················      2.0 ms  audit              mongodb audit insert  0
`.trim();
