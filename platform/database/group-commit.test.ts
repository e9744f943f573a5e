import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { deserialize } from "bson";
import { Cursors } from "./cursors.ts";
import { GroupCommit } from "./group-commit.ts";
import { DocumentStore } from "./store/document-store.ts";
import { temporaryFolder } from "./testing/test-database.ts";
import type { Document } from "./values/document.ts";

let directory: string;
let store: DocumentStore;
let commit: GroupCommit;

beforeEach(() => {
  directory = temporaryFolder();
  store = new DocumentStore(join(directory, "test.sqlite"));
  commit = new GroupCommit({ store, cursors: new Cursors(() => 0), now: () => new Date(0) });
});

afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true });
});

function send(body: Document, answers: Document[]): void {
  const request = { requestId: 1, legacy: false, silent: false, body: { ...body, $db: "db" } };
  commit.enqueue({ request, reply: (answer) => answers.push(deserialize(answer)) });
}

describe("GroupCommit", () => {
  it("runs what arrived together in one transaction, and answers after it", () => {
    const answers: Document[] = [];
    const commits = jest.spyOn(store, "commit").mockImplementationOnce(() => {
      expect(answers).toEqual([]);
      store.file.execute("COMMIT");
    });
    send({ insert: "c", documents: [{ _id: 1 }] }, answers);
    send({ insert: "c", documents: [{ _id: 1 }] }, answers);
    send({ count: "c" }, answers);
    commit.flush();
    expect(commits).toHaveBeenCalledTimes(1);
    expect(answers).toMatchObject([{ n: 1 }, { n: 0, writeErrors: [{ index: 0, code: 11000 }] }, { n: 1 }]);
  });

  it("fails only the command at fault, and stores the others", () => {
    const answers: Document[] = [];
    const insert = store.insert.bind(store);
    jest.spyOn(store, "insert").mockImplementation((collection, document) => {
      insert(collection, document);
      if (document._id === 2) throw new Error("a fault with a person's name in it");
    });
    for (const _id of [1, 2, 3]) send({ insert: "c", documents: [{ _id }] }, answers);
    commit.flush();
    send({ distinct: "c", key: "_id" }, answers);
    commit.flush();
    expect(answers).toMatchObject([{ n: 1 }, { ok: 0, code: 1 }, { n: 1 }, { values: [1, 3] }]);
    expect(JSON.stringify(answers)).not.toContain("person");
  });

  it("ends a cursor whose batch was lost with its group", () => {
    const answers: Document[] = [];
    send({ insert: "c", documents: [{ _id: 1 }, { _id: 2 }, { _id: 3 }] }, answers);
    send({ find: "c", batchSize: 1 }, answers);
    commit.flush();
    const { id } = answers[1]?.cursor as Document;
    jest.spyOn(store, "commit").mockImplementationOnce(() => {
      throw new Error("disk full");
    });
    send({ getMore: id, collection: "c", batchSize: 1 }, answers);
    send({ ping: 1 }, answers);
    commit.flush();
    expect(answers.slice(2)).toMatchObject([{ ok: 0, codeName: "CursorNotFound" }, { ok: 1 }]);
  });

  it("acknowledges nothing when the disk fails", () => {
    const answers: Document[] = [];
    jest.spyOn(store, "commit").mockImplementation(() => {
      throw new Error("disk full");
    });
    send({ insert: "c", documents: [{ _id: 1 }] }, answers);
    send({ count: "c" }, answers);
    commit.flush();
    expect(answers).toMatchObject([{ ok: 0 }, { ok: 0 }]);
    expect(store.catalog.list()).toEqual([]);
  });
});
