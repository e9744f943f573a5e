import type { Vault } from "./vault.ts";

/** Told of each step before it is taken: prints it, and in tests ends the process there. */
export type Tell = (step: string) => void | Promise<void>;

/** How far a rotation came: to its end, or to where somebody else has to do something first. */
export type Rotated =
  { readonly done: true; readonly resumed: boolean } | { readonly done: false; readonly waitsFor: string };

/** Something that is rotated. */
export interface Rotation {
  /** The secret's or key's name in the vault. */
  readonly name: string;
  /** What would be done now, step by step; for `--dry-run`. */
  plan(): Promise<readonly string[]>;
  /**
   * Goes on where an earlier run has ended, or begins. Each step may be taken again: a run that was killed at any point is
   * continued by the next one.
   */
  rotate(tell: Tell): Promise<Rotated>;
}

/** How long to wait, in seconds. */
export interface Waits {
  /** Until every reader of a secret has read it anew. */
  readonly readers: number;
  /** Until whoever was given something made with the old one has used it. `undefined`: as long as it takes; run again. */
  readonly handOver: number | undefined;
}

/** What every kind of rotation works with. */
export interface RotationTools {
  readonly vault: Vault;
  readonly waits: Waits;
  readonly wait: (milliseconds: number) => Promise<unknown>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
