import { createServer } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

// What telemetry must bear: `slow` answers when every client has given up, `failing` answers 500, `whole` takes everything.
const [, , fault = "whole"] = process.argv;
const SLOW_MS = 30_000;

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    if (fault === "slow") void wait(SLOW_MS).then(() => response.end());
    else
      response.writeHead(fault === "failing" ? 500 : 200, { "content-type": "application/json" }).end("{}");
  });
});

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address)
    process.send?.({ type: "ready", url: `http://127.0.0.1:${address.port}` });
});
