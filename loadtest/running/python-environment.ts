import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Python is missing, or could not install what is needed. Its message is for the user. */
export class PythonError extends Error {
  override readonly name = "PythonError";
}

/**
 * Makes a virtual environment with the pinned requirements, unless there is one already.
 *
 * @param directory where the environment is kept
 * @returns the path of its Locust
 * @throws {PythonError} saying what to install
 */
export function pythonEnvironment(directory: string, requirementsFile: string): string {
  const python = findPython();
  const stamp = path.join(directory, "installed.sha256");
  const wanted = createHash("sha256")
    .update(readFileSync(requirementsFile))
    .update(python.version)
    .digest("hex");
  const bin = path.join(directory, process.platform === "win32" ? "Scripts" : "bin");
  if (readStamp(stamp) !== wanted) {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(path.dirname(directory), { recursive: true });
    run(
      python.command,
      ["-m", "venv", directory],
      "make a virtual environment (on Debian: apt-get install python3-venv)",
    );
    const install = [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "-r",
      requirementsFile,
    ];
    run(path.join(bin, "python"), install, `install ${path.basename(requirementsFile)} from PyPI`);
    writeFileSync(stamp, wanted);
  }
  return path.join(bin, "locust");
}

function findPython(): { command: string; version: string } {
  for (const command of ["python3", "python"]) {
    const { stdout, status } = spawnSync(command, ["--version"], { encoding: "utf8" });
    const minor = Number(/^Python 3\.(\d+)/.exec(stdout)?.[1]);
    if (status === 0 && minor >= 10) return { command, version: stdout };
  }
  throw new PythonError(
    "Python 3.10 or later was not found. The load journeys are Locust's, which needs it: install python3 and python3-venv.",
  );
}

function run(command: string, args: string[], purpose: string): void {
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw new PythonError(`Python could not ${purpose}${error ? `: ${error.message}` : "."}`);
}

function readStamp(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
