import fc from "fast-check";
import { parametersIn, type CheckedOperation } from "../contract/operation.ts";
import { CHECKPOINTS } from "../single-operations.ts";
import type { Draft, DraftBody, DraftCursor, HeaderText, JsonStyle, SubjectState } from "./draft.ts";
import { JSON_TEXTS } from "./json-faults.ts";
import { writeJson } from "./write-json.ts";

/** Something done to a request that no schema speaks about. */
export interface WireCase {
  readonly aim: string;
  readonly weight: number;
  readonly change: fc.Arbitrary<(draft: Draft) => Draft>;
}

/** @param gone the operations that delete what this one is about */
export function wireCases(operation: CheckedOperation, gone: readonly string[]): WireCase[] {
  return [
    ...keyCases,
    ...limitCases,
    ...queryCases(operation),
    ...headerCases(operation),
    ...pathCases(operation, gone),
    ...(operation.body ? bodyCases(operation.body.maxBytes) : unreadBodies),
  ];
}

const keyCases: WireCase[] = [
  one("no key", (draft) => ({ ...draft, key: "none" })),
  one("wrong key", (draft) => ({ ...draft, key: "wrong" })),
];

const limitCases: WireCase[] = [
  one("an address of 5,000 bytes", (draft) => ({ ...draft, rawQuery: "x".repeat(5_000) })),
  one("150 headers", (draft) =>
    withHeaders(
      draft,
      Array.from({ length: 150 }, (_, index) => [`x-more-${index}`, "1"]),
    ),
  ),
  one("20 headers", (draft) =>
    withHeaders(
      draft,
      Array.from({ length: 20 }, (_, index) => [`x-more-${index}`, "1"]),
    ),
  ),
];

function queryCases(operation: CheckedOperation): WireCase[] {
  const declared = parametersIn(operation, "query").map(({ name }) => name);
  const unknown = ["x", "__proto__", "constructor", "toString", "Limit", "limit ", "$where", "\u{1F9EA}"];
  const misspelt = declared.map((name) => name.toUpperCase());
  const names = [...unknown, ...misspelt].filter((name) => !declared.includes(name));
  const repeated = declared.map((name) =>
    one(`query ${name} twice`, (draft) => {
      const value = draft.query.find(([sent]) => sent === name)?.[1] ?? "1";
      return {
        ...draft,
        query: [...draft.query.filter(([sent]) => sent !== name), [name, value], [name, value]],
      };
    }),
  );
  const hasCursor = declared.includes("cursor");
  return [
    some("unknown query parameter", names, (draft, name) => ({
      ...draft,
      query: [...draft.query, [name, "1"]],
    })),
    some(
      "query of odd form",
      ["=", "&", "&&", "=1", "%", "%zz", "%ff", "a=%ff", "+", "?", "a=1;b=2", "%00"],
      (draft, rawQuery) => ({
        ...draft,
        rawQuery,
      }),
    ),
    ...repeated,
    ...(hasCursor ? cursorCases : []),
  ];
}

const cursorCases: WireCase[] = (["own", "plain", "tampered"] satisfies DraftCursor[]).map((cursor) => ({
  ...one(`cursor ${cursor}`, (draft) => ({
    ...draft,
    cursor,
    query: draft.query.filter(([name]) => name !== "cursor"),
  })),
  weight: 2,
}));

function headerCases(operation: CheckedOperation): WireCase[] {
  const declared = parametersIn(operation, "header").map(({ name }) => name);
  const conditions = declared.filter((name) => name === "if-match" || name === "if-none-match");
  const tags: HeaderText[] = [
    { etag: "current" },
    { etag: "weak" },
    { etag: "stale" },
    { etag: "listed" },
    "*",
  ];
  return [
    one("undeclared headers", (draft) =>
      withHeaders(draft, [
        ["x-unknown", "\u00E9"],
        ["accept", "text/plain"],
        ["user-agent", "a"],
      ]),
    ),
    ...conditions.flatMap((name) =>
      tags.map((tag) => ({
        ...one(`header ${name} ${typeof tag === "string" ? tag : tag.etag}`, (draft) =>
          withHeaders(without(draft, name), [[name, tag]]),
        ),
        weight: 2,
      })),
    ),
    ...conditions.map((name) =>
      one(`header ${name} in two lines`, (draft) =>
        withHeaders(without(draft, name), [
          [name, '"a"'],
          [name, { etag: "current" }],
        ]),
      ),
    ),
    ...declared.map((name) =>
      one(`header ${name} among blanks`, (draft) => ({
        ...draft,
        headers: draft.headers.map(([sent, text]) => [
          sent,
          sent === name && typeof text === "string" ? ` \t${text} ` : text,
        ]),
      })),
    ),
  ];
}

const spellings: WireCase[] = (["slash", "escaped"] as const).map((form) =>
  one(`path ${form}`, (draft) => ({ ...draft, path: { ...draft.path, form } })),
);

function pathCases(operation: CheckedOperation, gone: readonly string[]): WireCase[] {
  const parameters = parametersIn(operation, "path");
  if (parameters.length === 0) return spellings;
  const states: SubjectState[] = [
    "existing",
    // Checkpoints belong to the one ledger.
    ...(parameters.length > 1 && !(operation.operationId in CHECKPOINTS) ? (["foreign"] as const) : []),
    ...gone.map((operationId) => `gone:${operationId}` as const),
  ];
  const raw = operation.internal ? [] : ["%zz", "%", "%c3%28", "%00", "a%00b", ".", "..", "%2e", "%2E%2e"];
  return [
    ...spellings,
    ...states.flatMap((subject) =>
      (["lower", "upper", "mixed"] as const).map((spelling) => ({
        ...one(`path ${subject} ${spelling}`, (draft) => ({
          ...draft,
          path: { subject, spelling, texts: {} },
        })),
        weight: 2,
      })),
    ),
    ...(raw.length > 0
      ? [some("unreadable path", raw, (draft, text) => ({ ...draft, path: { ...draft.path, raw: text } }))]
      : []),
  ];
}

const MEDIA_TYPES = [
  "application/json",
  "application/json; charset=utf-8",
  "Application/JSON;Charset=UTF-8",
  'application/json ; charset="utf-8"',
  "application/json; charset=utf8",
  "application/json; charset=us-ascii",
  "application/json; charset=iso-8859-1",
  "application/json; charset=utf-16",
  "application/json; profile=a",
  "application/json; profile=a; charset=latin1",
  "application/problem+json",
  "application/jsonp",
  "application/*",
  "application/x-www-form-urlencoded",
  "text/json",
  "text/plain",
  "json",
  ";",
  "",
];

const STYLES: readonly JsonStyle[] = ["spaced", "escaped", "marked"];

function bodyCases(maxBytes: number): WireCase[] {
  // Megabytes take their time: among the random cases they are rare.
  const rare = maxBytes > 4_000_000 ? 0.005 : 0.05;
  const filled = (bytes: number) => (draft: Draft) => ({ ...draft, body: ofSize(draft.body, bytes) });
  return [
    ...STYLES.map((style) =>
      one(`JSON ${style}`, (draft) => ({ ...draft, body: styled(draft.body, style) })),
    ),
    ...JSON_TEXTS.map(({ aim, write }) => ({
      ...one(`JSON ${aim}`, (draft) => ({
        ...draft,
        body: { hex: Buffer.from(write(textOf(draft.body))).toString("hex") },
      })),
      weight: 0.3,
    })),
    some("content type", MEDIA_TYPES, (draft, contentType) => ({ ...draft, contentType })),
    one("no content type", (draft) => ({ ...draft, contentType: null })),
    some("content encoding", ["gzip", "br", "identity, gzip", "x"], (draft, coding) =>
      withHeaders(draft, [["content-encoding", coding]]),
    ),
    some("no content encoding", ["identity", "Identity", " identity "], (draft, coding) =>
      withHeaders(draft, [["content-encoding", coding]]),
    ),
    some("no body", ["application/json", null], (draft, contentType) => ({
      ...draft,
      body: null,
      contentType,
    })),
    one("no body of another type", (draft) => ({ ...draft, body: null, contentType: "text/plain" })),
    { ...one("as large as may be", filled(maxBytes)), weight: rare },
    { ...one("too large by one", filled(maxBytes + 1)), weight: rare },
    { ...one("too large", filled(maxBytes + 70_000)), weight: rare },
  ];
}

const unreadBodies: WireCase[] = [
  some("a body that is not read", ["7b", "7b7d", "ff", "6e756c6c"], (draft, hex) => ({
    ...draft,
    body: { hex },
    contentType: "application/json",
  })),
  one("a body of another type", (draft) => ({ ...draft, body: { hex: "00" }, contentType: "text/plain" })),
];

function styled(body: DraftBody | null, style: JsonStyle): DraftBody | null {
  return body && "json" in body ? { ...body, style } : body;
}

function ofSize(body: DraftBody | null, bytes: number): DraftBody | null {
  return body && "json" in body ? { ...body, bytes } : body;
}

function textOf(body: DraftBody | null): string {
  return body && "json" in body ? writeJson(body.json, "plain").toString() : "{}";
}

function withHeaders(draft: Draft, headers: readonly (readonly [string, HeaderText])[]): Draft {
  return { ...draft, headers: [...draft.headers, ...headers] };
}

function without(draft: Draft, header: string): Draft {
  return { ...draft, headers: draft.headers.filter(([name]) => name !== header) };
}

function one(aim: string, change: (draft: Draft) => Draft): WireCase {
  return { aim, weight: 1, change: fc.constant(change) };
}

function some<T>(aim: string, values: readonly T[], change: (draft: Draft, value: T) => Draft): WireCase {
  return {
    aim,
    weight: 1,
    change: fc.constantFrom(...values).map((value) => (draft: Draft) => change(draft, value)),
  };
}
