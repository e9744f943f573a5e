import { problem } from "../../runtime/problem/problem.ts";

/**
 * Holds an id that a body repeats against the path's.
 * @throws {Problem} `id-mismatch` when the body names another
 */
export function requireSameId(name: "id" | "patientId", inBody: string | undefined, inPath: string): void {
  if (inBody === undefined || inBody.toLowerCase() === inPath.toLowerCase()) return;
  throw problem("id-mismatch", {
    errors: [{ pointer: `/${name}`, code: "const", message: "must be the id of the path" }],
  });
}
