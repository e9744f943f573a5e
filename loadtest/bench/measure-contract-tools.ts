import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { median } from "./median.ts";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");

/** What the commands read; the rest of the project is not copied. */
const NEEDED = ["openapi", "apim-policies", "environments", "generator", "generated", "handlers", "runtime"];
const NEEDED_FILES = [
  "package.json",
  "package-lock.json",
  "redocly.yaml",
  "tsconfig.json",
  ".prettierrc.json",
];

const CONTRACTS = ["openapi/patient.yaml", "openapi/audit.yaml"];
const CONTRACT = "openapi/patient.yaml";
const GENERATOR = ["--disable-warning=ExperimentalWarning", "generator/cli.ts"];

/** How long a command takes, from its start as a process to its end. */
export interface CommandTime {
  name: string;
  /** Median. */
  milliseconds: number;
  /** To a plain `redocly lint` of the same contracts, in the same rounds. */
  ratio: number;
}

interface Subject {
  name: string;
  args: string[];
  /** Puts the project into the state that is measured; not timed. */
  prepare?: () => Promise<void>;
}

/** Measures what an API designer waits for, in a copy of the project with one commit, in `rounds` rounds. */
export async function measureContractTools(rounds: number): Promise<CommandTime[]> {
  const directory = await mkdtemp(path.join(tmpdir(), "specimen-bench-"));
  try {
    await copyProject(directory);
    const subjects = subjectsIn(directory);
    const times = subjects.map((): number[] => []);
    // The first round fills the caches of the compiler and the file system; it is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      for (const [index, subject] of subjects.entries()) {
        const milliseconds = await time(subject, directory);
        if (round > 0) times[index]?.push(milliseconds);
      }
    }
    return compare(subjects, times.map(median));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function compare(subjects: Subject[], medians: number[]): CommandTime[] {
  const base = medians[0] ?? Number.NaN;
  return subjects.map(({ name }, index) => {
    const milliseconds = medians[index] ?? Number.NaN;
    return { name, milliseconds, ratio: milliseconds / base };
  });
}

function subjectsIn(directory: string): Subject[] {
  const generated = path.join(directory, "generated");
  const describe = (): Promise<void> => changeDescription(path.join(directory, CONTRACT));
  return [
    { name: "redocly lint", args: ["node_modules/@redocly/cli/bin/cli.js", "lint", ...CONTRACTS] },
    {
      name: "generate, nothing there",
      args: [...GENERATOR, "generate"],
      prepare: () => rm(generated, { recursive: true, force: true }),
    },
    { name: "generate, nothing changed", args: [...GENERATOR, "generate"] },
    { name: "generate, one description changed", args: [...GENERATOR, "generate"], prepare: describe },
    { name: "diff, one description changed", args: [...GENERATOR, "diff", "--base", "HEAD"] },
  ];
}

let changes = 0;

async function changeDescription(file: string): Promise<void> {
  const text = await readFile(file, "utf8");
  changes += 1;
  const changed = text.replace(
    /description: Reads one patient\b.*/,
    `description: Reads one patient ${changes}.`,
  );
  if (changed === text)
    throw new Error(`${CONTRACT} no longer has the description that the benchmark changes.`);
  await writeFile(file, changed);
}

async function time({ args, prepare }: Subject, cwd: string): Promise<number> {
  await prepare?.();
  const startedAt = performance.now();
  await run(process.execPath, args, { cwd, env: { ...process.env, REDOCLY_TELEMETRY: "off" } });
  return performance.now() - startedAt;
}

async function copyProject(directory: string): Promise<void> {
  for (const name of [...NEEDED, ...NEEDED_FILES])
    await cp(path.join(root, name), path.join(directory, name), { recursive: true });
  await symlink(path.join(root, "node_modules"), path.join(directory, "node_modules"), "dir");
  const git = (...args: string[]) =>
    run("git", ["-c", "user.name=bench", "-c", "user.email=bench@localhost", ...args], { cwd: directory });
  await git("init", "--quiet");
  await git("add", ...NEEDED, ...NEEDED_FILES);
  await git("commit", "--quiet", "--message", "base");
}
