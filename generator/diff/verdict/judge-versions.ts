import type { Finding } from "../../finding.ts";
import { objectAt } from "../../load/json.ts";
import type { Side } from "../sides/read-side.ts";
import type { ApiVerdict } from "./judge-apis.ts";
import { nextVersion, parseVersion } from "./version.ts";

/**
 * Whether `info.version` says what the changes ask for.
 * @param open the APIs with breaking changes that are neither waived nor followed by a new major version
 */
export function judgeVersions(apis: readonly ApiVerdict[], open: ReadonlySet<string>, head: Side): Finding[] {
  return apis.flatMap(({ name, verdict, raised, from, to }): Finding[] => {
    const api = head.model.apis.find((one) => one.name === name);
    const [before, after] = [parseVersion(from ?? ""), parseVersion(to ?? "")];
    if (!api || from === null) return [];
    const at = head.places.at(objectAt(api.document, "info"), "version") ?? {
      file: api.files[0],
      line: 1,
      column: 1,
    };
    const finding = (severity: Finding["severity"], message: string): Finding[] => [
      { ...at, severity, rule: "diff/version", message },
    ];
    if (!after) return finding("error", `info.version ${to ?? ""} is no semantic version, such as 1.4.0`);
    if (!before) return [];
    if (raised === null) return finding("error", `info.version went down from ${from} to ${to ?? ""}`);
    const asksForMore =
      (verdict === "minor" || verdict === "major") && (raised === "none" || raised === "patch");
    // The breaking changes themselves say that the major version is to be raised.
    if (!asksForMore || open.has(name)) return [];
    return finding(
      "warning",
      `info.version is ${to ?? ""}: the change asks for ${nextVersion(before, "minor")}`,
    );
  });
}
