import { isPersonalName } from "../model/personal-names.ts";
import { operationsOf } from "./visiting/operation.ts";
import { onDocument } from "./visiting/on.ts";
import type { Spot } from "./visiting/spot.ts";

/**
 * No address holds what is personal: addresses are written to access logs, traces, histories and caches. A search sends its
 * criteria in a body.
 */
export const personalDataInAddress = onDocument((document) => {
  for (const [path, item] of document.at("paths").members())
    if (literalsOf(path).some(isPersonalName)) item.report(`the path ${path} speaks of something personal`);
  for (const { parameters } of operationsOf(document)) {
    for (const parameter of parameters.filter(({ object }) => object.in === "path" || object.in === "query"))
      if (isPersonal(parameter)) parameter.report(`${parameter.text("name")} is personal: send it in a body`);
  }
});

function isPersonal(parameter: Spot): boolean {
  const { component } = parameter.at("schema");
  return isPersonalName(parameter.text("name")) || (component !== undefined && isPersonalName(component));
}

/** `by-post-code` of `/patient/by-post-code/{value}`. */
function literalsOf(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "" && !segment.startsWith("{"));
}
