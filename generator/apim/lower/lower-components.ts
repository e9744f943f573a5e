import { isObject, objectAt } from "../../load/json.ts";
import type { ApiModel } from "../../model/model.ts";
import type { Compilation } from "./compilation.ts";
import { ENFORCERS } from "../losses.ts";

/**
 * Says which components get lost: APIM takes schemas only. Of the others, those that a public operation uses are
 * written out where they are used.
 */
export function loseComponents({ document }: ApiModel, compilation: Compilation): void {
  const components = objectAt(document, "components");
  for (const section of Object.keys(components)) {
    for (const [name, node] of Object.entries(objectAt(components, section))) {
      const enforcedBy = enforcerOf(section);
      if (enforcedBy === ENFORCERS.unused && compilation.reaches(node)) continue;
      // A schema that is only `true` or `false` has no place of its own, and nothing to lose.
      if (isObject(node)) compilation.loseWhole(node, `components.${section}.${name}`, enforcedBy);
    }
  }
}

function enforcerOf(section: string): string {
  if (section === "securitySchemes") return ENFORCERS.subscription;
  return section === "links" ? ENFORCERS.portal : ENFORCERS.unused;
}
