import { ConfigurationError } from "../configuration/configuration-error.ts";
import type { PolicyElement } from "../documents/policy-element.ts";
import type { Statement } from "../pipeline/statement.ts";
import { checkElement } from "./check-element.ts";
import type { GatewayServices } from "./gateway-services.ts";
import { PolicyCompiler } from "./policy-compiler.ts";
import type { CompilePlace } from "./policy-compiler.ts";
import type { Policy } from "./policy.ts";
import { policies } from "../policies/registry.ts";

/**
 * Compiles the policies of a section, or of a part of one.
 *
 * @param path position of their parent, empty for a section: `choose[2]/when`
 * @throws ConfigurationError for an element, attribute or place that the gateway does not execute
 */
export function compileStatements(
  elements: readonly PolicyElement[],
  place: CompilePlace,
  services: GatewayServices,
  path = "",
): Statement[] {
  const seen = new Map<string, number>();
  return elements.map((element) => {
    const policy = findPolicy(element, place);
    const position = (seen.get(element.name) ?? 0) + 1;
    seen.set(element.name, position);
    if (policy.once && position > 1)
      refuse(place, element, `<${element.name}> stands in its section more than once`);
    return compileOne(element, policy, place, services, join(path, element.name, position));
  });
}

function compileOne(
  element: PolicyElement,
  policy: Policy,
  place: CompilePlace,
  services: GatewayServices,
  path: string,
): Statement {
  checkElement(element, policy, place.file, true);
  const compiler = new PolicyCompiler(place, services, path, (children, at) =>
    compileStatements(children, place, services, at),
  );
  const run = policy.compile(element, compiler);
  return {
    policy: policy.name,
    scope: place.scope,
    section: place.section,
    path,
    policyId: element.attributes.get("id")?.value ?? "",
    readsRequestBody: compiler.reads.request,
    readsResponseBody: compiler.reads.response,
    run,
  };
}

function findPolicy(element: PolicyElement, place: CompilePlace): Policy {
  const policy = policies.get(element.name);
  if (policy === undefined)
    refuse(place, element, `<${element.name}> is no policy that the local gateway executes`);
  if (!policy.sections.includes(place.section)) {
    refuse(
      place,
      element,
      `<${element.name}> may not stand in ${place.section}; expected ${policy.sections.join(", ")}`,
    );
  }
  if (policy.scopes && !policy.scopes.includes(place.scope)) {
    refuse(
      place,
      element,
      `<${element.name}> may not stand in a document of scope ${place.scope}; expected ${policy.scopes.join(", ")}`,
    );
  }
  return policy;
}

function join(parent: string, name: string, position: number): string {
  const own = position === 1 ? name : `${name}[${position}]`;
  return parent === "" ? own : `${parent}/${own}`;
}

function refuse(place: CompilePlace, element: PolicyElement, problem: string): never {
  throw new ConfigurationError(`${place.file}:${element.line}`, problem);
}
