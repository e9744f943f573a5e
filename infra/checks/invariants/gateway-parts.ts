import { namesOf } from "../../names.ts";
import type { CheckContext } from "../check-context.ts";
import { dependencyGraph, dependsOn } from "../dependencies.ts";
import { apiOf } from "../gateway-documents.ts";
import type { StackFinding } from "../stack-finding.ts";
import type { Block } from "../stack-index.ts";
import { ownOf } from "./ownership.ts";

const CHECK = "invariants/gateway-parts";

/** That each named value has the environment's value, and each backend leads to its own API's app. */
export function checkGatewayParts(context: CheckContext): StackFinding[] {
  const { index, manifest, environment } = context;
  const settings = new Map<string, string>(Object.entries(environment.namedValues));
  const addresses: Readonly<Record<string, string>> = {
    // Policies add a path, so the slash at the end of the vault's address has to go.
    "key-vault-url": `https://${namesOf(environment).vault}.vault.azure.net`,
  };
  const values = manifest.namedValues.map(
    ({ name, kind }) => [name, kind === "setting" ? settings.get(name) : addresses[name]] as const,
  );
  const backends = manifest.backends.map(({ id, api }) => {
    const [app] = ownOf(context, "azurerm_function_app_flex_consumption", api);
    const path = manifest.apis.find(({ name }) => name === api)?.gateway?.path ?? "";
    return [id, `https://‹services/${app?.address ?? ""}.default_hostname›/${path}`] as const;
  });
  return [
    ...recordingFindings(context),
    ...compare(context, "azurerm_api_management_named_value", "display_name", "value", new Map(values)),
    ...compare(context, "azurerm_api_management_backend", "name", "url", new Map(backends)),
    ...index
      .resources("azurerm_api_management_named_value")
      .filter(({ stack, body }) => index.text(stack, body.name) !== index.text(stack, body.display_name))
      .map((block) =>
        at(block, "name and display_name differ: policies go by the second, people by the first"),
      ),
    ...index
      .resources("azurerm_api_management_api")
      .filter(({ stack, body }) => index.text(stack, body.name) !== index.text(stack, body.path))
      .filter((block) => !manifest.apis.some(({ name }) => name === index.text(block.stack, block.body.name)))
      .map((block) => at(block, "its name is that of no API of the manifest")),
  ];
}

/** Every API's requests are recorded once, and so is what belongs to none. */
function recordingFindings({ index, manifest }: CheckContext): StackFinding[] {
  const recorded = [
    ...index.resources("azurerm_api_management_diagnostic").map(() => "everything else"),
    ...index.resources("azurerm_api_management_api_diagnostic").map((block) => apiOf(index, block)),
  ];
  const wanted = [
    "everything else",
    ...manifest.apis.flatMap(({ gateway }) => (gateway ? [gateway.path] : [])),
  ];
  const wrong = wanted
    .filter((one) => recorded.filter((other) => other === one).length !== 1)
    .map((one) => ({
      check: CHECK,
      stack: "gateway" as const,
      address: "azurerm_api_management_api_diagnostic",
      message: `requests to "${one}" are not recorded exactly once`,
    }));
  const graph = dependencyGraph(index);
  const early = index.resources("azurerm_api_management_logger").flatMap((logger) =>
    index
      .resources("azurerm_role_assignment")
      .filter(
        ({ stack, body }) => index.target(stack, body.principal_id)?.block.type === "azurerm_api_management",
      )
      .filter(
        ({ stack, body }) => index.target(stack, body.scope)?.block.type === "azurerm_application_insights",
      )
      .filter((grant) => !dependsOn(graph, logger, (one) => one === grant))
      .map((grant) => at(logger, `does not wait for ${grant.address}, without which it may send nothing`)),
  );
  return [...wrong, ...early];
}

function compare(
  { index }: CheckContext,
  type: string,
  key: string,
  attribute: string,
  expected: ReadonlyMap<string, string | undefined>,
): StackFinding[] {
  const blocks = index.resources(type);
  const nameOf = (block: Block) => index.text(block.stack, block.body[key]) ?? "";
  const lacking = [...expected.keys()]
    .filter((name) => blocks.filter((block) => nameOf(block) === name).length !== 1)
    .map((name) => ({
      check: CHECK,
      stack: "gateway" as const,
      address: type,
      message: `there is not exactly one "${name}"`,
    }));
  const wrong = blocks
    .map((block) => ({ block, given: index.text(block.stack, block.body[attribute]) }))
    .filter(({ block, given }) => given !== expected.get(nameOf(block)))
    .map(({ block, given }) =>
      at(
        block,
        `${attribute} is ${given ?? "missing"}, expected ${expected.get(nameOf(block)) ?? "no such resource"}`,
      ),
    );
  return [...lacking, ...wrong];
}

function at({ stack, address }: Block, message: string): StackFinding {
  return { check: CHECK, stack, address, message };
}
