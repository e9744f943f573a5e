import { httpLoad } from "./http-load.ts";
import type { Load } from "./http-load.ts";

// A process of its own, so that the load does not share an event loop with anything. Each message is a load.
process.on("message", (load: Load) => {
  void httpLoad(load).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
