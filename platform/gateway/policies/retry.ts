import { setTimeout as sleep } from "node:timers/promises";
import type { Exchange } from "../pipeline/exchange.ts";
import { runStatements } from "../pipeline/run-statements.ts";
import { allSections } from "./all-sections.ts";
import type { Policy } from "../compiler/policy.ts";
import type { PolicyCompiler } from "../compiler/policy-compiler.ts";
import type { PolicyElement } from "../documents/policy-element.ts";

/**
 * Runs the policies inside it, and again while the condition holds, `count` times more at most. Between two turns it waits
 * `interval` seconds; with `delta`, longer from turn to turn; with `max-interval` and `delta`, exponentially and with jitter up to
 * that; with `first-fast-retry`, not at all before the second turn. What ends the exchange inside ends the turns, and so do a
 * client that has gone and an error, which goes to `on-error`.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - retry".
 */
export const retry: Policy = {
  name: "retry",
  sections: allSections,
  attributes: {
    condition: { required: true },
    count: { required: true },
    interval: { required: true },
    "max-interval": {},
    delta: {},
    "first-fast-retry": {},
  },
  holdsPolicies: true,
  compile(element, compiler) {
    const condition = compiler.boolean(element, "condition");
    const count = compiler.integer(element, "count");
    const interval = compiler.integer(element, "interval");
    const longest = compiler.integer(element, "max-interval");
    const delta = compiler.integer(element, "delta");
    const isFast = compiler.boolean(element, "first-fast-retry");
    const grows = element.attributes.has("max-interval") && element.attributes.has("delta");
    const statements = compiler.nested(element);
    refuseOutside(element, compiler, "count", 1, MOST_TURNS);
    refuseOutside(element, compiler, "interval", 1, Infinity);

    const seconds = (exchange: Exchange, turn: number): number => {
      if (turn === 1 && isFast(exchange)) return 0;
      if (!grows) return interval(exchange) + (turn - 1) * delta(exchange);
      const jitter = 0.8 + 0.4 * exchange.random();
      return Math.min(longest(exchange), interval(exchange) + 2 ** (turn - 1) * delta(exchange) * jitter);
    };
    const holds = async (exchange: Exchange): Promise<boolean> => {
      if (compiler.reads.response) await exchange.response?.content.buffer();
      return condition(exchange);
    };
    const again = async (exchange: Exchange): Promise<void> => {
      const turns = Math.min(MOST_TURNS, count(exchange));
      for (let turn = 1; turn <= turns; turn++) {
        if (exchange.finished || exchange.clientGone || !(await holds(exchange))) return;
        const wait = seconds(exchange, turn);
        if (wait > 0) await sleep(wait * 1000);
        await runStatements(statements, exchange);
      }
    };
    return (exchange) => {
      const pending = runStatements(statements, exchange);
      return pending ? pending.then(() => again(exchange)) : again(exchange);
    };
  },
};

/** The page's limit of `count`. */
const MOST_TURNS = 50;

function refuseOutside(
  element: PolicyElement,
  compiler: PolicyCompiler,
  attribute: string,
  least: number,
  most: number,
): void {
  const text = element.attributes.get(attribute);
  if (!text || text.expression) return;
  const value = Number(text.value);
  if (value >= least && value <= most) return;
  const range = most === Infinity ? `${least} or more` : `${least} to ${most}`;
  compiler.fail(text.line, `attribute ${attribute} of <retry> is ${text.value}; expected ${range}`);
}
