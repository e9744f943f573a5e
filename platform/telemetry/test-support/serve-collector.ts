import { createServer } from "node:http";
import { startCollector, type Collector, type StartCollectorOptions } from "../start-collector.ts";

/** A collector whose pages are served on a port of their own, as the gateway does it. */
export interface ServedCollector {
  readonly collector: Collector;
  /** Address of the pages' host, without a slash at its end. */
  readonly pages: string;
  close(): Promise<void>;
}

export async function serveCollector(options: StartCollectorOptions = {}): Promise<ServedCollector> {
  const collector = await startCollector(options);
  const server = createServer((request, response) => {
    void collector.serve(request.url?.split("?", 1)[0] ?? "", request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    collector,
    pages: `http://127.0.0.1:${port}`,
    close: async () => {
      await collector.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}
