import { basename } from "node:path";
import { Findings, startOf } from "../finding.ts";
import { bundle, type Bundle } from "./bundle.ts";
import type { Sources } from "./sources.ts";

/** One `openapi/<name>.yaml`, joined with what it refers to. */
export interface Contract extends Bundle {
  /** `patient` of `openapi/patient.yaml`. */
  readonly name: string;
  /** `openapi/patient.yaml`. */
  readonly file: string;
}

const SHARED_SCHEMAS = "openapi/shared/schemas.yaml";

/** What beside the contracts is no contract. */
const WAIVERS = "openapi/waivers.yaml";

/**
 * Reads every contract of `openapi/`, in the order of their names. Each also gets the shared `GatewayError`, the body of
 * what the gateway refuses by itself.
 * @throws {ContractError} `load/missing` when there is none, and whatever is wrong in them
 */
export function loadContracts(sources: Sources): Contract[] {
  const files = sources.list("openapi", ".yaml").filter((file) => file !== WAIVERS);
  const findings = new Findings();
  if (files.length === 0)
    findings.report(startOf("openapi"), "load/missing", "there is no openapi/<api>.yaml");
  const names = files.map((file) => basename(file, ".yaml"));
  for (const [index, name] of names.entries()) {
    const valid = /^[a-z][a-z0-9-]*$/.test(name);
    if (!valid)
      findings.report(startOf(files[index] ?? ""), "load/name", `an API is named in lower case, not ${name}`);
  }
  for (const folder of sources.folders("handlers").filter((folder) => !names.includes(folder))) {
    const message = `there is no openapi/${folder}.yaml for the handlers in handlers/${folder}`;
    findings.report(startOf(`openapi/${folder}.yaml`), "load/missing", message);
  }
  findings.throwIfAny();
  const contracts = files.flatMap((file): Contract[] => {
    const bundled = findings.gather(() => bundle(file, sources, gatewayError(sources)));
    return bundled ? [{ name: basename(file, ".yaml"), file, ...bundled }] : [];
  });
  findings.throwIfAny();
  return contracts;
}

function gatewayError(sources: Sources): { ref: string; kind: "schema" }[] {
  const shared = sources.has(SHARED_SCHEMAS) ? sources.yaml(SHARED_SCHEMAS) : {};
  return "GatewayError" in shared ? [{ ref: "shared/schemas.yaml#/GatewayError", kind: "schema" }] : [];
}
