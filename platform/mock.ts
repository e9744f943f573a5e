import { join } from "node:path";
import { startMock } from "./mock/start-mock.ts";
import { readManifest } from "./manifest.ts";

/** `npm run mock [-- port]`: the contract's examples on 127.0.0.1, 8090 unless told otherwise. */
const generated = join(import.meta.dirname, "../generated");
const { apis } = await readManifest(generated);
const port = Number(process.argv[2] ?? 8090);
if (!Number.isInteger(port) || port < 0 || port > 65_535) {
  process.stderr.write(
    `npm run mock -- <port>: "${process.argv[2] ?? ""}" is no port; expected 0 to 65535\n`,
  );
  process.exit(2);
}
const mock = await startMock({
  documents: apis.map(({ document }) => join(generated, document)),
  port,
}).catch((error: unknown) => {
  process.stderr.write(`The mock cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
process.stdout.write(`The contract's examples are at ${mock.url}/patient and ${mock.url}/audit/records\n`);
