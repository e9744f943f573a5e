import { Problem } from "../problem/problem.ts";

/** What an action throws, or its promise rejects with; `undefined` when it does neither. */
export async function caught(action: () => unknown): Promise<unknown> {
  try {
    await action();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The problem that an action throws. @throws {Error} when it throws none */
export async function problemOf(action: () => unknown): Promise<Problem> {
  const error = await caught(action);
  if (error instanceof Problem) return error;
  throw new Error("The action threw no problem.", { cause: error });
}
