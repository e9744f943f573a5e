/**
 * Where an export differs from the honest one: of each stream, the lowest sequence under which there are not the same
 * batches, be it that one is gone, is another, or is not alone. It is found by comparing texts, so it knows nothing of how a
 * verifier finds it.
 */
export interface Differences {
  readonly batches: ReadonlyMap<string, number>;
  /** The streams of which the last checkpoint says something else. */
  readonly heads: ReadonlySet<string>;
  /** Whether something else than batches differs. */
  readonly isElsewhere: boolean;
}

export function firstDifferences(honest: readonly string[], tampered: readonly string[]): Differences {
  const [before, after] = [byPlace(honest), byPlace(tampered)];
  const batches = new Map<string, number>();
  for (const [place, { stream, seq }] of [...before, ...after]) {
    if (before.get(place)?.lines.join("\n") === after.get(place)?.lines.join("\n")) continue;
    batches.set(stream, Math.min(seq, batches.get(stream) ?? seq));
  }
  const [heads, now] = [headsOf(honest), headsOf(tampered)];
  return {
    batches,
    heads: new Set(
      [...heads.keys(), ...now.keys()].filter((stream) => heads.get(stream) !== now.get(stream)),
    ),
    isElsewhere: otherLines(honest).join("\n") !== otherLines(tampered).join("\n"),
  };
}

interface Place {
  readonly stream: string;
  readonly seq: number;
  readonly lines: string[];
}

/** The batches under the name and the sequence that each bears. A sequence that is none is no place. */
function byPlace(lines: readonly string[]): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const line of lines) {
    const { type, stream, seq } = JSON.parse(line) as { type: unknown; stream?: unknown; seq?: unknown };
    if (type !== "batch" || !Number.isSafeInteger(seq) || Number(seq) < 0) continue;
    const place = { stream: String(stream), seq: Number(seq), lines: [] };
    const known = places.get(`${place.stream}/${place.seq}`) ?? place;
    known.lines.push(line);
    places.set(`${place.stream}/${place.seq}`, known);
  }
  return places;
}

function otherLines(lines: readonly string[]): string[] {
  return lines.filter((line) => !line.startsWith('{"type":"batch"'));
}

function headsOf(lines: readonly string[]): Map<string, string> {
  const last = lines.at(-1) ?? "{}";
  const { streams } = JSON.parse(last) as { streams?: unknown };
  if (!Array.isArray(streams)) return new Map();
  const heads = streams as { stream?: unknown }[];
  return new Map(heads.map((head) => [String(head.stream), JSON.stringify(head)]));
}
