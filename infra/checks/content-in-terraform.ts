import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Manifest } from "../manifest.ts";
import type { StackDocument } from "../stack-document.ts";
import { gatewayDocuments } from "./gateway-documents.ts";
import { StackIndex } from "./stack-index.ts";

const run = promisify(execFile);

/** Terraform or OpenTofu: the command of the environment's TERRAFORM, or what is on the PATH. */
export async function findTerraform(): Promise<string | undefined> {
  const named = process.env.TERRAFORM;
  const candidates = named === undefined ? ["terraform", "tofu"] : [named];
  for (const command of candidates)
    if (
      await run(command, ["version"]).then(
        () => true,
        () => false,
      )
    )
      return command;
  return undefined;
}

/**
 * What Terraform itself makes of the content of policies and imports: it applies a configuration of their expressions alone, which
 * needs no provider and no network.
 *
 * @returns the text that API Management would get, by the resource's address
 */
export async function contentInTerraform(
  terraform: string,
  documents: readonly StackDocument[],
  manifest: Manifest,
): Promise<ReadonlyMap<string, string>> {
  const contents = gatewayDocuments(new StackIndex(documents), manifest);
  const directory = await mkdtemp(join(tmpdir(), "content-"));
  try {
    for (const { assets } of documents)
      for (const [path, text] of assets) {
        await mkdir(dirname(join(directory, path)), { recursive: true });
        await writeFile(join(directory, path), text);
      }
    const output = Object.fromEntries(contents.map(({ raw }, at) => [`content-${at}`, { value: raw }]));
    await writeFile(join(directory, "main.tf.json"), JSON.stringify({ output }));
    await writeFile(join(directory, "cli.tfrc"), "");
    // Nothing of the machine's own configuration, and no question to anybody.
    const env = { ...process.env, TF_CLI_CONFIG_FILE: join(directory, "cli.tfrc"), CHECKPOINT_DISABLE: "1" };
    const terraformIn = (...args: string[]) =>
      run(terraform, args, { cwd: directory, env, maxBuffer: 64 * 1024 * 1024 });
    await terraformIn("init", "-input=false", "-backend=false");
    await terraformIn("apply", "-auto-approve", "-input=false");
    const { stdout } = await terraformIn("output", "-json");
    const values = JSON.parse(stdout) as Readonly<Record<string, { readonly value: string }>>;
    return new Map(contents.map(({ block }, at) => [block.address, values[`content-${at}`]?.value ?? ""]));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
