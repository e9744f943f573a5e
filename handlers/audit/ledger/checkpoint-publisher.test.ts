import { afterEach, describe, expect, it } from "@jest/globals";
import { caught } from "../../../runtime/testing/caught.ts";
import { localServer, type Answer, type LocalServer } from "../../../runtime/testing/local-server.ts";
import { blobName, blobPublisher } from "./checkpoint-publisher.ts";

let server: LocalServer;
afterEach(() => server.close());

const token = () => Promise.resolve("a token");

describe("blobPublisher", () => {
  const publisherFor = async (answer: Answer) => {
    server = await localServer(() => answer);
    return blobPublisher({ url: `${server.url}/checkpoints`, token });
  };

  it("makes a blob that must not exist", async () => {
    const publisher = await publisherFor({ status: 201 });
    expect(await publisher.put(blobName(42), "{}")).toBe(true);
    expect(server.seen[0]).toMatchObject({
      method: "PUT",
      url: "/checkpoints/000000000042.json",
      body: "{}",
      headers: { "if-none-match": "*", "x-ms-blob-type": "BlockBlob", authorization: "Bearer a token" },
    });
  });

  it.each([409, 412])("tells by %i that there is one", async (status) => {
    expect(await (await publisherFor({ status })).put("a.json", "{}")).toBe(false);
  });

  it("reads a blob, or that there is none", async () => {
    expect(await (await publisherFor({ status: 200, body: "text" })).get("a.json")).toBe("text");
    await server.close();
    expect(await (await publisherFor({ status: 404 })).get("a.json")).toBeUndefined();
  });

  it("takes no other status for an answer", async () => {
    const publisher = await publisherFor({ status: 500, body: "canary" });
    for (const error of [
      await caught(() => publisher.put("a.json", "")),
      await caught(() => publisher.get("a.json")),
    ]) {
      expect(error).toMatchObject({ name: "PublishingError" });
      expect(String(error)).not.toContain("canary");
    }
  });
});
