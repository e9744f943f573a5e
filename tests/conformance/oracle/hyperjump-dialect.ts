import "@hyperjump/json-schema/formats-lite";
import {
  addFormat,
  addKeyword,
  canonicalUri,
  defineVocabulary,
  setFormatHandler,
} from "@hyperjump/json-schema/experimental";
import { typeOf, value } from "@hyperjump/json-schema/instance/experimental";
import { hasSchema, registerSchema, setShouldValidateFormat } from "@hyperjump/json-schema/openapi-3-1";
import { FORMATS } from "./formats.ts";

const HOME = "https://conformance.specimen.example";

/** The dialect of the published contracts: that of OpenAPI 3.1, the formats of `formats.ts`, and `x-not-after-today`. */
export const DIALECT = `${HOME}/dialect`;

/** The day that `x-not-after-today` compares with, `YYYY-MM-DD`. Set before each judgement. */
export const clock = { today: "" };

/** Makes the dialect known to the library, once. @param isTrue whether the keyword at a URI has the value `true` */
export function defineDialect(isTrue: (uri: string) => boolean): void {
  if (hasSchema(DIALECT)) return;
  defineFormats();
  addKeyword<boolean>({
    id: `${HOME}/keyword/x-not-after-today`,
    compile: (schema) => Promise.resolve(isTrue(canonicalUri(schema))),
    interpret: (isOn, instance) =>
      !isOn || typeOf(instance) !== "string" || hasBegun(value<string>(instance)),
  });
  defineVocabulary(`${HOME}/vocabulary`, { "x-not-after-today": `${HOME}/keyword/x-not-after-today` });
  registerSchema({
    $id: DIALECT,
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $vocabulary: {
      "https://json-schema.org/draft/2020-12/vocab/core": true,
      "https://json-schema.org/draft/2020-12/vocab/applicator": true,
      "https://json-schema.org/draft/2020-12/vocab/unevaluated": true,
      "https://json-schema.org/draft/2020-12/vocab/validation": true,
      "https://json-schema.org/draft/2020-12/vocab/meta-data": true,
      "https://json-schema.org/draft/2020-12/vocab/format-annotation": true,
      "https://json-schema.org/draft/2020-12/vocab/content": true,
      "https://spec.openapis.org/oas/3.1/vocab/base": false,
      [`${HOME}/vocabulary`]: true,
    },
    $ref: "https://spec.openapis.org/oas/3.1/schema-base",
  });
}

function defineFormats(): void {
  for (const [name, accepts] of Object.entries(FORMATS)) {
    const id = `${HOME}/format/${name}`;
    addFormat({ id, handler: (data) => typeof data !== "string" || accepts(data) });
    setFormatHandler("https://json-schema.org/keyword/draft-2020-12/format", name, id);
  }
  setShouldValidateFormat(true);
}

/** Whether the first day that a date may stand for is today or before. What is no date is another rule's matter. */
function hasBegun(date: string): boolean {
  const [year = "", month = "01", day = "01"] = date.split("-");
  const first = [year, month, day];
  const today = clock.today.split("-");
  const differs = first.findIndex((part, index) => part !== today[index]);
  return differs < 0 || (first[differs] ?? "") < (today[differs] ?? "");
}
