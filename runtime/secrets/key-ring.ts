/**
 * A secret of several keys: the first makes what is new, each of them recognises what was made before. So a key can be rotated
 * without anything that it made being refused at once.
 */
export type KeyRing = readonly [newest: string, ...older: string[]];

/** Reads a ring from a secret's value, the keys separated by commas. */
export function keyRing(value: string): KeyRing {
  const [newest = "", ...older] = value.split(",");
  return [newest, ...older];
}
