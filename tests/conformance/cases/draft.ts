import type { Json } from "../../../generator/load/json.ts";

/**
 * A request as it is generated: what depends on the fixtures of who sends it (ids, entity tags, cursors) is still a symbol, so
 * that the same draft can be sent to the app and through the gateway, and again when it is replayed.
 */
export interface Draft {
  /** Which case of the plan it is, such as `body /firstName maxLength over`. */
  readonly aim: string;
  readonly path: DraftPath;
  readonly query: readonly (readonly [string, string])[];
  /** Added to the query as it is, unescaped. */
  readonly rawQuery?: string;
  readonly headers: readonly (readonly [string, HeaderText])[];
  /** The content type; `null` sends none. */
  readonly contentType: string | null;
  readonly body: DraftBody | null;
  readonly cursor?: DraftCursor;
  readonly key?: "none" | "wrong";
}

export interface DraftPath {
  readonly subject: SubjectState;
  /** How the letters of ids are written that may be written in any case. */
  readonly spelling: "lower" | "upper" | "mixed";
  /** With a slash at its end, or a letter of its first segment escaped: the same address. */
  readonly form?: "slash" | "escaped";
  /** Values that stand in place of the subject's, by parameter. */
  readonly texts: Readonly<Record<string, string>>;
  /** Sent in place of the last path parameter, as it is, unescaped. */
  readonly raw?: string;
}

/**
 * `existing`: something that is there; `foreign`: its last id under the first of another; `gone:<operationId>`: what that
 * operation has deleted.
 */
export type SubjectState = "existing" | "foreign" | `gone:${string}`;

/** A text, or an entity tag in relation to the current one. */
export type HeaderText = string | { readonly etag: "current" | "weak" | "stale" | "listed" };

/**
 * `own`: what the list gave for these very criteria; `plain`: what it gives without any; `tampered`: `own`, with its last
 * character changed.
 */
export type DraftCursor = "own" | "plain" | "tampered";

export type DraftBody =
  | {
      readonly json: Json;
      /** Members that repeat the path's ids, and so are overwritten with them. */
      readonly sameIds: readonly string[];
      readonly style: JsonStyle;
      /** Filled with blanks to so many bytes. */
      readonly bytes?: number;
    }
  /** Bytes in hexadecimal. */
  | { readonly hex: string };

/** Ways of writing the same JSON. */
export type JsonStyle = "plain" | "spaced" | "escaped" | "marked";
