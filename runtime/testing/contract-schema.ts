import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import type { Validator } from "../operation.ts";

const ROOT = "https://specimen.example/openapi/";
const FILES = ["patient.yaml", "audit.yaml", "shared/schemas.yaml"];
const PARTIAL_DATE = /^(?!0000)\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

let ajv: Ajv2020 | undefined;
let compiled = 0;

/** One document of the contract, as it is written. */
export function contractDocument(file: string): unknown {
  return parse(readFileSync(new URL(`../../openapi/${file}`, import.meta.url), "utf8"));
}

/**
 * Compiles schemas that may refer to the contract, `audit.yaml#/components/schemas/AuditRecord`, as the generator does:
 * with every finding, and the contract's own formats and keywords.
 */
export function contractSchema(schema: object): Validator {
  ajv ??= contractAjv();
  return ajv.compile({ $id: `${ROOT}test-${++compiled}`, ...schema });
}

function contractAjv(): Ajv2020 {
  const made = new Ajv2020({ allErrors: true, strict: false });
  addFormats.default(made);
  made.addFormat("partial-date", PARTIAL_DATE);
  made.addKeyword({
    keyword: "x-not-after-today",
    error: { message: "must not be after today" },
    validate: (_schema: unknown, data: unknown, _parent: unknown, at?: { rootData: object }) => {
      const today: unknown = at && "today" in at.rootData ? at.rootData.today : undefined;
      return typeof data !== "string" || typeof today !== "string" || data <= today;
    },
  });
  for (const file of FILES) {
    const document = contractDocument(file);
    if (typeof document === "object" && document !== null)
      made.addSchema(document, ROOT + file, false, false);
  }
  return made;
}
