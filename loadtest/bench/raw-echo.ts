import { createServer } from "node:http";
import { document } from "./document.ts";

// What all else is compared with: the least that a Node server can do.
const server = createServer((request, response) => {
  if (request.method === "GET") {
    response.writeHead(200, headersOf(document.length)).end(document);
    return;
  }
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks);
    response.writeHead(201, headersOf(body.length)).end(body);
  });
});

function headersOf(length: number) {
  return { "content-type": "application/json", "content-length": length };
}

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address)
    process.send?.({ type: "ready", url: `http://127.0.0.1:${address.port}` });
});
