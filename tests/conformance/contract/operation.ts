import type { JsonObject } from "../../../generator/load/json.ts";

/** One operation of a published contract, as a client finds it. Pointers are of the published document. */
export interface CheckedOperation {
  /** The API's name, `patient`. */
  readonly api: string;
  readonly operationId: string;
  /** Upper case. */
  readonly method: string;
  /** `/patient/{patientId}`. */
  readonly path: string;
  /** Not on the gateway. */
  readonly internal: boolean;
  /** It changes nothing: a GET, or what `x-audit` calls a read, a search or an export. */
  readonly onlyReads: boolean;
  readonly pointer: string;
  readonly parameters: readonly CheckedParameter[];
  readonly body: CheckedBody | null;
  /** By status, `"200"`. */
  readonly responses: ReadonlyMap<string, CheckedResponse>;
  /** The whole document. */
  readonly document: JsonObject;
}

export interface CheckedParameter {
  /** As the contract writes it; the name of a header in lower case. */
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly pointer: string;
  /** The pointer of its schema. */
  readonly schema: string;
  /** What answers a malformed value of a path parameter. */
  readonly invalidStatus: number;
}

export interface CheckedBody {
  readonly required: boolean;
  readonly pointer: string;
  readonly contents: readonly CheckedContent[];
  /** In bytes. */
  readonly maxBytes: number;
}

export interface CheckedContent {
  readonly mediaType: string;
  /** The pointer of its schema. */
  readonly schema: string;
}

export interface CheckedResponse {
  readonly status: string;
  readonly pointer: string;
  readonly headers: readonly CheckedHeader[];
  /** Empty when the response has no body. */
  readonly contents: readonly CheckedContent[];
  readonly links: readonly CheckedLink[];
}

export interface CheckedHeader {
  /** In lower case. */
  readonly name: string;
  readonly required: boolean;
  readonly pointer: string;
  readonly schema: string;
}

/** An OpenAPI link: which operation a response leads to, with runtime expressions or constants for its parameters. */
export interface CheckedLink {
  readonly operationId: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Whether a body is sent line by line: its schema is that of each line. */
export function isStreamed({ mediaType }: CheckedContent): boolean {
  return mediaType === "application/x-ndjson";
}

/** The parameters of one place. */
export function parametersIn(
  { parameters }: CheckedOperation,
  place: CheckedParameter["in"],
): readonly CheckedParameter[] {
  return parameters.filter((parameter) => parameter.in === place);
}
