import { MongoClient } from "mongodb";
import { startDatabase } from "../start-database.ts";

/**
 * A process of its own for the test of kill -9: 32 writers insert and update until the process is killed, and tell
 * the parent of each write that was acknowledged. Arguments: the folder, and a prefix for the ids.
 */
const [directory = "", prefix = ""] = process.argv.slice(2);
const database = await startDatabase({ directory, name: "kill" });
const client = await new MongoClient(database.uri).connect();
const writes = client.db("test").collection<{ _id: string; done?: boolean }>("writes");
await writes.createIndexes([{ key: { done: 1 } }]);
await Promise.all(Array.from({ length: 32 }, (_, writer) => write(writer)));

async function write(writer: number): Promise<never> {
  for (let count = 0; ; count++) {
    const _id = `${prefix}-${writer}-${count}`;
    await writes.insertOne({ _id });
    await writes.updateOne({ _id }, { $set: { done: true } });
    process.send?.(_id);
  }
}
