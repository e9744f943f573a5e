import type { Impact } from "../change.ts";

/** A semantic version without what follows the three numbers. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** `undefined` for what is no semantic version (semver.org, 2.0.0, 2). */
export function parseVersion(text: string): Version | undefined {
  const [, major, minor, patch] =
    /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[\w.-]+)?(?:\+[\w.-]+)?$/.exec(text) ?? [];
  if (major === undefined) return undefined;
  return { major: Number(major), minor: Number(minor), patch: Number(patch) };
}

/** By how much a version was raised; `none` when it stayed, `undefined` when it went down. */
export function raiseOf(from: Version, to: Version): Impact | "none" | undefined {
  for (const part of ["major", "minor", "patch"] as const) {
    if (to[part] > from[part]) return part;
    if (to[part] < from[part]) return undefined;
  }
  return "none";
}

/** The next version that an impact asks for. */
export function nextVersion({ major, minor, patch }: Version, impact: Impact): string {
  if (impact === "major") return `${major + 1}.0.0`;
  return impact === "minor" ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}
