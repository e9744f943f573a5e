import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { SecretUnavailableError } from "../secrets/secret-store.ts";
import type { Secret } from "../secrets/secret-store.ts";
import { caught } from "../testing/caught.ts";
import { database } from "./database.ts";
import type { Database } from "./database.ts";
import { databaseProblem } from "./database-problem.ts";

let opened: Database | undefined;
afterEach(() => opened?.close());

/** The real driver; `tests/integration/first-connection.test.ts` has a server for it. */
function databaseAt(uri: () => Promise<string>): Database {
  const secret: Secret = { value: uri, refresh: uri };
  return (opened = database({ uri: secret, name: "patient", collections: [], timeoutMs: 50 }));
}

describe("database", () => {
  it("connects at first use, for all who wait, and again after a failure", async () => {
    const uri = `mongodb://127.0.0.1:${await closedPort()}/`;
    const data = databaseAt(() => Promise.resolve(uri));
    const errors = await Promise.all([1, 2, 3].map(() => caught(() => data.connected())));
    for (const error of errors) expect(databaseProblem(error)?.code).toBe("database-unavailable");
    expect(new Set(errors).size).toBe(1);
    const again = await caught(() => data.connected());
    expect(databaseProblem(again)?.code).toBe("database-unavailable");
    expect(errors).not.toContain(again);
  });

  it("says that its connection string cannot be read, and asks for it again", async () => {
    let asked = 0;
    const data = databaseAt(() => {
      asked++;
      return Promise.reject(new SecretUnavailableError("patient-mongodb-uri"));
    });
    for (let tries = 1; tries <= 2; tries++) {
      expect(await caught(() => data.connected())).toBeInstanceOf(SecretUnavailableError);
      expect(asked).toBe(tries);
    }
  });

  it("is closed without complaint, whether it was ever connected or not", async () => {
    const data = databaseAt(() => Promise.resolve("mongodb://"));
    await data.close();
    expect(await caught(() => data.connected())).toBeInstanceOf(Error);
    await data.close();
  });
});

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
