import { BaseError, git } from "./git.ts";

/**
 * The commit that a ref names, as its id.
 * @param folder the repository's folder, or one within it
 * @throws {BaseError} for a ref that names no commit here, and where there is no repository
 */
export async function resolveRef(folder: string, ref: string): Promise<string> {
  const isOption = ref === "" || ref.startsWith("-");
  if (isOption)
    throw new BaseError(`${JSON.stringify(ref)} is no git ref: a branch, a tag or a commit is expected`);
  const { code, stdout } = await git(folder, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${ref}^{commit}`,
  ]);
  if (code === 0) return stdout.toString("utf8").trim();
  throw new BaseError(await explain(folder, ref));
}

async function explain(folder: string, ref: string): Promise<string> {
  const { code, stdout } = await git(folder, ["rev-parse", "--is-shallow-repository"]);
  if (code !== 0) return `${folder} is in no git repository: there is no base to compare with`;
  const isShallow = stdout.toString("utf8").trim() === "true";
  return isShallow
    ? `there is no commit ${ref} in this shallow clone: fetch it (git fetch --unshallow, or fetch-depth: 0 of actions/checkout)`
    : `there is no commit ${ref} in this repository: fetch it, or name a branch, a tag or a commit that is there`;
}
