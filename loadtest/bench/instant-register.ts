import { createServer } from "node:http";
import { json } from "node:stream/consumers";

// What auditing is compared with: a register that answers at once, and keeps nothing.
const server = createServer((request, response) => {
  const answer = (body: object) =>
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  if (request.method === "GET") {
    answer({ intents: [] });
    return;
  }
  void json(request).then((batch) => {
    const { records } = batch as { records: unknown[] };
    answer({ stored: records.length, duplicates: 0, conflicts: [] });
  });
});

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address)
    process.send?.({ type: "ready", url: `http://127.0.0.1:${address.port}` });
});
