import type { Position } from "../../finding.ts";
import { sortEntries } from "./sort-entries.ts";
import { impactOf } from "../rules.ts";
import type { Change } from "../change.ts";
import type { Waiver } from "../waivers/waiver.ts";
import type { ApiVerdict } from "./judge-apis.ts";
import type { Entry } from "./merge-changes.ts";
import { waiverOf } from "./to-findings.ts";
import { nextVersion, parseVersion } from "./version.ts";

type Section = "Breaking" | "Added" | "Changed" | "Fixed";
const SECTIONS: readonly Section[] = ["Breaking", "Added", "Changed", "Fixed"];

/** What a change means for partners, as Markdown that ends with a newline. Equal changes give equal texts. */
export function writeChangelog(
  entries: readonly Entry[],
  apis: readonly ApiVerdict[],
  waivers: readonly Waiver[],
): string {
  const parts = apis
    .filter(({ verdict }) => verdict !== "none")
    .map((api) => writeApi(api, entries, waivers));
  return parts.length === 0 ? "Nothing changed for partners.\n" : parts.join("\n");
}

function writeApi(api: ApiVerdict, entries: readonly Entry[], waivers: readonly Waiver[]): string {
  const own = sortEntries(entries).flatMap((entry): Entry[] => {
    const instances = entry.instances.filter((one) => one.api === api.name);
    return instances.length === 0 ? [] : [{ ...entry, instances }];
  });
  const sections = SECTIONS.flatMap((section) => {
    const lines = own
      .filter(({ change }) => sectionOf(change) === section)
      .map((entry) => writeEntry(entry, waivers));
    return lines.length === 0 ? [] : [`### ${section}\n\n${[...new Set(lines)].join("\n")}\n`];
  });
  return [`## ${api.title} ${versionsOf(api)}\n`, ...sections].join("\n");
}

function versionsOf({ from, to, verdict }: ApiVerdict): string {
  if (from === null) return `${to ?? ""} (new)`;
  if (to === null) return `${from} (gone)`;
  if (from !== to) return `${from} → ${to} (${verdict})`;
  const version = parseVersion(from);
  const asked = version && verdict !== "none" ? `, asks for ${nextVersion(version, verdict)}` : "";
  return `${from} (${verdict}${asked})`;
}

const ADDITIONS = /^compatible\/(api|operation|product|server|(request|response)-\w[\w-]*)-added$/;

function sectionOf({ rule }: Change): Section {
  if (impactOf(rule) === "major") return "Breaking";
  if (ADDITIONS.test(rule)) return "Added";
  return impactOf(rule) === "minor" ? "Changed" : "Fixed";
}

function writeEntry({ change, news, instances }: Entry, waivers: readonly Waiver[]): string {
  const names = [...new Set(instances.flatMap(({ operation }) => operation ?? []))];
  const whom = names.length === 0 ? "" : `${names.map((name) => `\`${name}\``).join(", ")}: `;
  const waived = instances.map((one) => waiverOf(one, waivers)).find((waiver) => waiver !== undefined);
  const until = waived ? ` (agreed until ${waived.expires})` : "";
  return `- ${whom}${news}${until} ([${nameOf(change.at)}](${linkOf(change.at)}))`;
}

function nameOf({ file, line }: Position): string {
  return `${file}:${line}`;
}

/** As a code host links to a line of a file, from the root of the repository. */
function linkOf({ file, line }: Position): string {
  return `${file.split("/").map(encodeURIComponent).join("/")}#L${line}`;
}
