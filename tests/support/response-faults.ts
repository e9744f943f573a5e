import type { ValidateFunction } from "ajv/dist/2020.js";
import { escapePointer } from "./contract-document.ts";
import type { ContractDocument, Place } from "./contract-document.ts";
import { NDJSON } from "./ndjson.ts";

/** What a client got. */
export interface ReceivedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed JSON; `undefined` when there is none. */
  readonly body: unknown;
}

type Validators = (pointer: string) => ValidateFunction;

/** Headers that say something only where the contract declares them. */
const MEANINGFUL = ["ETag", "Location", "Link", "Retry-After", "WWW-Authenticate"];

/** The one form of link that the contract describes, relative to the gateway's root (RFC 8288, 3). */
const NEXT_LINK = /^<\/[^<>\s"]+>; rel="next"$/;

/** What is wrong with an answer, held against a response of the contract. */
export function responseFaults(
  document: ContractDocument,
  response: Place,
  answer: ReceivedAnswer,
  validators: Validators,
): string[] {
  const headers = document.children(document.find(`${response.pointer}/headers`));
  const declared = headers.map(([name]) => name.toLowerCase());
  return [
    ...headers.flatMap(([name, place]) => headerFaults(name, place, answer.headers.get(name), validators)),
    ...MEANINGFUL.filter((name) => answer.headers.has(name) && !declared.includes(name.toLowerCase())).map(
      (name) => `header ${name} is not declared`,
    ),
    ...bodyFaults(response, answer, validators),
  ];
}

function headerFaults(
  name: string,
  { pointer, value: { required, schema } }: Place,
  value: string | null,
  validators: Validators,
): string[] {
  if (value === null) return required === true ? [`header ${name} is missing`] : [];
  if (name === "Link" && !NEXT_LINK.test(value)) return [`header ${name} is not a link to a next page`];
  const isNumber = (schema as { type?: unknown } | undefined)?.type === "integer" && /^\d+$/.test(value);
  return findings(validators(`${pointer}/schema`), isNumber ? Number(value) : value).map(
    (finding) => `header ${name}${finding}`,
  );
}

function bodyFaults(
  { pointer, value }: Place,
  { headers, text, body }: ReceivedAnswer,
  validators: Validators,
): string[] {
  if (value.content === undefined) return text === "" ? [] : ["a body where the contract has none"];
  const mediaType = headers.get("content-type")?.split(";")[0] ?? "";
  if (!(mediaType in (value.content as object)))
    return [`content type ${mediaType} is not declared for this status`];
  const validate = validators(`${pointer}/content/${escapePointer(mediaType)}/schema`);
  // The schema of what is sent line by line is that of each line.
  const bodies = mediaType === NDJSON && Array.isArray(body) ? body : [body];
  return bodies.flatMap((one) => findings(validate, one)).slice(0, MAX_FINDINGS);
}

const MAX_FINDINGS = 20;

function findings(validate: ValidateFunction, data: unknown): string[] {
  if (validate(data)) return [];
  return (validate.errors ?? []).map(({ instancePath, message = "" }) => `${instancePath} ${message}`);
}
