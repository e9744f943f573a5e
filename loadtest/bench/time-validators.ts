import { enableCompileCache } from "node:module";

// A process of its own: how long a fresh Node takes until an API's validators can be called. Prints milliseconds.
// The functions host has the compile cache on, too.
enableCompileCache();
const [, , file = ""] = process.argv;
const startedAt = performance.now();
await import(file);
process.stdout.write(String(performance.now() - startedAt));
