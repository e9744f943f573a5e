import { createContext, Script } from "node:vm";

const box: { run: (() => unknown) | null } = { run: null };
const sandbox = createContext(box);
const script = new Script("run()");

/** What {@link runWithDeadline} throws. */
export class DeadlineExceeded extends Error {}

/**
 * Runs a function that may backtrack for a long time, such as a regular expression, and stops it after a number of
 * milliseconds. Costs about a tenth of a millisecond.
 * @throws DeadlineExceeded
 */
export function runWithDeadline<T>(run: () => T, milliseconds: number): T {
  let result: { readonly value: T } | null = null;
  box.run = () => {
    result = { value: run() };
  };
  try {
    script.runInContext(sandbox, { timeout: milliseconds });
  } catch (error) {
    if (isTimeout(error)) throw new DeadlineExceeded();
    throw error;
  } finally {
    box.run = null;
  }
  return valueOf(result);
}

function valueOf<T>(result: { readonly value: T } | null): T {
  if (result === null) throw new DeadlineExceeded();
  return result.value;
}

function isTimeout(error: unknown): boolean {
  return (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT"
  );
}
