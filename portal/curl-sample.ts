import { objectOf, textOf } from "./json.ts";
import type { Json, JsonObject } from "./json.ts";
import { resolveReference } from "./resolve-reference.ts";

/** What a sample is made from; parameters and body are resolved. */
export interface SampleSource {
  document: JsonObject;
  /** As the contract has it, in lower case. */
  method: string;
  /** With the path's `{parameters}` in it. */
  url: string;
  parameters: JsonObject[];
  body: JsonObject;
}

/**
 * A curl command that calls the operation with the examples of the contract. It takes the subscription key from `$KEY`,
 * so that no key is in a page or a shell's history.
 */
export function curlSample(source: SampleSource): string {
  const [contentType, media] = Object.entries(objectOf(source.body.content))[0] ?? [];
  const example = media === undefined ? undefined : bodyExample(source.document, objectOf(media));
  const lines = [
    `curl -i -X ${source.method.toUpperCase()} ${quoted(urlOf(source))}`,
    `-H "Ocp-Apim-Subscription-Key: $KEY"`,
    ...(example === undefined ? [] : [`-H 'Content-Type: ${contentType ?? ""}'`, `-d ${bodyOf(example)}`]),
  ];
  return lines.join(" \\\n  ");
}

function urlOf({ document, url, parameters }: SampleSource): string {
  const inPath = parameters.filter((parameter) => parameter.in === "path");
  return inPath.reduce((filled, parameter) => {
    const value = parameterExample(document, parameter);
    return filled.replace(`{${textOf(parameter.name)}}`, value);
  }, url);
}

function parameterExample(document: JsonObject, parameter: JsonObject): string {
  const value = parameter.example ?? resolveReference(document, parameter.schema).example;
  return typeof value === "string" ? value : `<${textOf(parameter.name)}>`;
}

function bodyExample(document: JsonObject, media: JsonObject): Json | undefined {
  const [named] = Object.values(objectOf(media.examples));
  return media.example ?? resolveReference(document, named).value;
}

function bodyOf(example: Json): string {
  return quoted(JSON.stringify(example, null, 2));
}

/** Single quotes of a POSIX shell; one within is closed, escaped and opened again. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
