import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { indexesOf, loadCollections } from "./collections.ts";

const projectDirectory = join(import.meta.dirname, "../..");

test("collections come from the handlers", async () => {
  const collections = await loadCollections(projectDirectory, "patient");
  expect(collections.map(({ name }) => name)).toContain("outbox");
});

test("the index on _id, which Azure asks for, comes first", () => {
  const indexes = [{ name: "recent", key: { patientId: 1, _id: 1 } }] as const;
  expect(indexesOf({ name: "tests", shardKey: "patientId", indexes })).toEqual([
    { keys: ["_id"], unique: true },
    { keys: ["patientId", "_id"], unique: false },
  ]);
});

test("an index that Azure cannot be told is refused by name", () => {
  const indexes = [{ name: "recent", key: { date: -1 } }] as const;
  expect(() => indexesOf({ name: "tests", shardKey: "_id", indexes })).toThrow(
    "The index recent of tests has date descending",
  );
});
