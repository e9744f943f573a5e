import { databaseProblem } from "../database/database-problem.ts";
import { SecretUnavailableError } from "../secrets/secret-store.ts";
import { Problem, problem } from "./problem.ts";

/** The problem that an error is. What was not foreseen is `internal-error`, whose cause stays with us. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof SecretUnavailableError)
    return problem("secret-unavailable", { cause: error, retryAfter: 1 });
  return databaseProblem(error) ?? problem("internal-error", { cause: error });
}
