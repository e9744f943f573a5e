import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { startDatabase } from "../../platform/database/start-database.ts";
import { database } from "../../runtime/database/database.ts";
import type { Database, DatabaseOptions } from "../../runtime/database/database.ts";
import { databaseProblem } from "../../runtime/database/database-problem.ts";
import { eventually } from "../support/eventually.ts";
import { caught } from "../../runtime/testing/caught.ts";

type Server = Awaited<ReturnType<typeof startDatabase>>;

const COLLECTIONS = [
  { name: "patients", shardKey: "_id", indexes: [{ name: "post-code", key: { postCode: 1, _id: 1 } }] },
  { name: "plain", shardKey: "_id", indexes: [] },
] as const;

/** @param uri asked each time, as the vault is */
function databaseAt(
  uri: () => string,
  options: Pick<DatabaseOptions, "collections" | "timeoutMs">,
): Database {
  const value = () => Promise.resolve(uri());
  return database({ uri: { value, refresh: value }, name: "patient", ...options });
}

/** The driver's own way from a server that is down to one that is up. */
describe("the first connection to the database", () => {
  let directory: string;
  let server: Server;
  let data: Database;

  const start = () => startDatabase({ directory, name: "patient" });

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "specimen-connect-"));
    server = await start();
    const value = () => Promise.resolve(server.uri);
    data = database({
      uri: { value, refresh: value },
      name: "patient",
      collections: COLLECTIONS,
      timeoutMs: 500,
    });
  });
  afterEach(async () => {
    await data.close();
    await server.close();
    await rm(directory, { recursive: true, force: true });
  });

  it("is not kept when it fails: the next one finds the server that is up by then", async () => {
    await server.close();
    expect(databaseProblem(await caught(() => data.connected()))?.code).toBe("database-unavailable");
    server = await start();
    const db = await data.connected();
    await db.collection("patients").insertOne({ postCode: "3012" });
    expect(await db.collection("patients").countDocuments()).toBe(1);
  });

  it("makes the indexes that are declared, and does not mind those that are there", async () => {
    const db = await data.connected();
    expect(await data.connected()).toBe(db);
    await data.close();
    const again = database({
      uri: { value: () => Promise.resolve(server.uri), refresh: () => Promise.resolve(server.uri) },
      name: "patient",
      collections: COLLECTIONS,
      timeoutMs: 500,
    });
    const names = (await (await again.connected()).collection("patients").indexes()).map(({ name }) => name);
    expect(names).toEqual(["_id_", "post-code"]);
    await again.close();
  });

  it("does not mind an index that is there under another name", async () => {
    await data.connected().then((db) => db.collection("patients").dropIndexes());
    await (await data.connected()).collection("patients").createIndexes([{ key: { postCode: 1, _id: 1 } }]);
    await data.close();
    const again = databaseAt(() => server.uri, { collections: COLLECTIONS, timeoutMs: 500 });
    const names = (await (await again.connected()).collection("patients").indexes()).map(({ name }) => name);
    expect(names).toEqual(["_id_", "postCode_1__id_1"]);
    await again.close();
  });

  it("follows its connection string when that changes, and lets what is under way end", async () => {
    let uri = server.uri;
    const follower = databaseAt(() => uri, { collections: [], timeoutMs: 500 });
    const before = await follower.connected();
    uri = `${server.uri}?appName=rotated`;
    await eventually(async () => (await follower.connected()) !== before);
    const after = await follower.connected();
    expect(after.client.options.appName).toBe("rotated");
    await before.collection("patients").insertOne({ postCode: "3012" });
    expect(await after.collection("patients").countDocuments()).toBe(1);
    await follower.close();
  });

  it("stays with the connection that it has while a new connection string leads nowhere", async () => {
    let uri = server.uri;
    const follower = databaseAt(() => uri, { collections: [], timeoutMs: 50 });
    const before = await follower.connected();
    uri = "mongodb://127.0.0.1:9/?directConnection=true";
    for (let tries = 0; tries < 3; tries++) {
      expect(await follower.connected()).toBe(before);
      await before.collection("patients").countDocuments();
    }
    await follower.close();
  });
});
