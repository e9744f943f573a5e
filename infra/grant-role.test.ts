import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";

test("every role goes through the list: nothing else makes role assignments", () => {
  const files = globSync("**/*.ts", { cwd: import.meta.dirname }).filter(
    (path) => !path.endsWith(".test.ts"),
  );
  const granting = files.filter((path) =>
    /\/role-(assignment|definition)\/|-role-(assignment|definition)\//.test(
      readFileSync(join(import.meta.dirname, path), "utf8"),
    ),
  );
  expect(granting).toEqual(["grant-role.ts"]);
});
