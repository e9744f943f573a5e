import { enableCompileCache } from "node:module";

// Before anything else is loaded: the second start finds the host and the app's bundle compiled.
enableCompileCache();
const { runHost } = await import("./run-host.ts");
await runHost(process.env);
