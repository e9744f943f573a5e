/** Something that the promise says cannot be. */
export interface Finding {
  /** Which part of the promise it breaks. */
  readonly rule: Rule;
  /** The trial whose request it is about, when it is about one. */
  readonly trial?: number;
  /** Ids and codes. */
  readonly message: string;
}

/** The parts of the promise. */
export type Rule =
  | "write-lost"
  | "change-without-record"
  | "change-called-undone"
  | "change-called-unknown"
  | "record-without-change"
  | "disclosed-without-record"
  | "refusal-without-record"
  | "record-without-request"
  | "left-open"
  | "alarm"
  | "ledger"
  | "projection";
