import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { STACKS } from "../../stack-document.ts";
import type { PreparedStack } from "../prepare-stacks.ts";

/** How the fake behaves, by stack. */
export interface FakeBehaviour {
  readonly version?: string;
  /** Exit codes by `<stack> <command>`; a plan has changes (2) and all else succeeds when absent. */
  readonly codes?: Readonly<Record<string, number>>;
  /** Stacks whose plan changes an output. */
  readonly outputs?: readonly string[];
}

export interface FakeTerraform {
  readonly directory: string;
  readonly program: string;
  readonly stacks: readonly PreparedStack[];
  /** Each call, `<stack> <command> <arguments>`, with the working folder left out. */
  calls(): readonly string[];
  /** The calls as they were made, and which of the test's secrets were among their arguments. */
  rawCalls(): string;
}

const made: string[] = [];

/** A program that records how it is called, and writes what Terraform would write. */
export function fakeTerraform(behaviour: FakeBehaviour = {}): FakeTerraform {
  const directory = mkdtempSync(join(tmpdir(), "fake-terraform-"));
  made.push(directory);
  const [program, log] = [join(directory, "terraform"), join(directory, "calls.txt")];
  writeFileSync(program, `#!${process.execPath}\n${scriptOf(behaviour, log)}`);
  chmodSync(program, 0o755);
  const stacks = STACKS.map((name) => {
    const stack = join(directory, "stacks", name);
    mkdirSync(stack, { recursive: true });
    return { name, directory: stack, digest: `digest of ${name}` };
  });
  const rawCalls = (): string => (existsSync(log) ? readFileSync(log, "utf8") : "");
  return {
    ...{ directory, program, stacks, rawCalls },
    calls: () =>
      rawCalls()
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("version"))
        .map((line) =>
          line
            .replace(/^-chdir=\S*\/stacks\/(\w+) /, "$1 ")
            .replace(/(\S*\/)(\w+\.tfplan)/, (_, path: string, file: string) =>
              path.startsWith("-out=") ? `-out=${file}` : file,
            ),
        ),
  };
}

export function removeFakes(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}

/** Plain JavaScript, for whichever Node runs it. */
function scriptOf({ version = "1.11.4", codes = {}, outputs = [] }: FakeBehaviour, log: string): string {
  return `const fs = require("node:fs"), path = require("node:path");
const args = process.argv.slice(2);
fs.appendFileSync(${JSON.stringify(log)}, args.join(" ") + "\\n");
if (args[0] === "version") { console.log(JSON.stringify({ terraform_version: ${JSON.stringify(version)} }, null, 2)); process.exit(0); }
const directory = args[0].slice("-chdir=".length), command = args[1], stack = path.basename(directory);
const code = ${JSON.stringify(codes)}[stack + " " + command];
if (code !== undefined && code !== 0 && !(command === "plan" && code === 2)) process.exit(code);
const lock = path.join(directory, ".terraform.lock.hcl");
if (command === "init" && !fs.existsSync(lock)) fs.writeFileSync(lock, "locked\\n");
if (command === "plan") {
  fs.writeFileSync(args.find((one) => one.startsWith("-out=")).slice(5), "plan of " + stack);
  process.exit(code ?? 2);
}
if (command === "show" && args[2] === "-json")
  console.log(JSON.stringify({ output_changes: { a: { actions: ["no-op"] }, b: { actions: [${JSON.stringify(outputs)}.includes(stack) ? "update" : "no-op"] } } }));
if (command === "show" && args[2] === "-no-color") console.log("Plan of " + stack);
`;
}
