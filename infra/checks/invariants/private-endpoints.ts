import { namesOf, type Names } from "../../names.ts";
import type { CheckContext } from "../check-context.ts";
import { isIdOf, subnetOf } from "../network/network.ts";
import { asList, blocksAt } from "../network/security-rules.ts";
import type { StackFinding } from "../stack-finding.ts";
import type { Block, StackIndex } from "../stack-index.ts";
import { valuesAt } from "../values-at.ts";

const CHECK = "invariants/private-endpoints";

/** What may stand behind a private endpoint: the kind of its door, the zone of its name, and the subnets that it belongs to. */
const SERVICES: readonly { type: string; door: string; zone: string; subnet: RegExp }[] = [
  {
    type: "azurerm_function_app_flex_consumption",
    door: "sites",
    zone: "privatelink.azurewebsites.net",
    subnet: /-endpoint$/,
  },
  {
    type: "azurerm_cosmosdb_account",
    door: "MongoDB",
    zone: "privatelink.mongo.cosmos.azure.com",
    subnet: /-data$/,
  },
  { type: "azurerm_key_vault", door: "vault", zone: "privatelink.vaultcore.azure.net", subnet: /^shared$/ },
  ...["blob", "queue", "table"].map((door) => ({
    type: "azurerm_storage_account",
    door,
    zone: `privatelink.${door}.core.windows.net`,
    subnet: /-data$|^shared$/,
  })),
];

/** That everything with a private door has one, in the right subnet, under a name that leads to it. */
export function checkPrivateEndpoints({ index, manifest, environment }: CheckContext): StackFinding[] {
  const endpoints = index.resources("azurerm_private_endpoint");
  const apis = manifest.apis.map(({ name }) => name);
  return [
    ...endpoints.flatMap((endpoint) => endpointFindings(index, endpoint, apis, namesOf(environment))),
    ...index
      .resources(...new Set(SERVICES.map(({ type }) => type)))
      .flatMap((service) => doorFindings(index, service, endpoints)),
    ...zoneFindings(index),
  ];
}

function endpointFindings(
  index: StackIndex,
  endpoint: Block,
  apis: readonly string[],
  names: Names,
): StackFinding[] {
  const { target, door } = connectionOf(index, endpoint);
  const service = SERVICES.find((one) => one.type === target?.type && one.door === door);
  if (!target || !service)
    return [
      at(endpoint, `leads to ${target?.address ?? "nothing known"} by "${door}", which no service here has`),
    ];
  const subnet = subnetOf(index, endpoint, "subnet_id");
  const role = (subnet && index.text(subnet.stack, subnet.body.name)) ?? "";
  const owner = apis.find((api) => nameOf(index, target).endsWith(api));
  const wrongOwner = role !== "shared" && owner !== undefined && !role.startsWith(`${owner}-`);
  const groups = blocksAt(endpoint.body, "private_dns_zone_group");
  const zones = groups.flatMap((group) => asList(group.private_dns_zone_ids));
  const named = zones.map((zone) => {
    const found = index.target(endpoint.stack, zone)?.block;
    return found && index.text(found.stack, found.body.name);
  });
  const [connection] = valuesAt(endpoint.body, ["private_service_connection", "name"]);
  const wanted = names.privateEndpoint(String(connection));
  return [
    ...(nameOf(index, endpoint) === wanted
      ? []
      : [at(endpoint, `is named otherwise than its connection: expected ${wanted}`)]),
    ...(service.subnet.test(role) && !wrongOwner
      ? []
      : [
          at(endpoint, `leads to ${target.address} and is in the subnet "${role}", where it does not belong`),
        ]),
    ...(named.length === 1 && named[0] === service.zone
      ? []
      : [at(endpoint, `its name is in ${named.join(", ") || "no DNS zone"}, expected ${service.zone}`)]),
  ];
}

/** Every service needs its doors, or nobody reaches it; storage needs those that its users use. */
function doorFindings(index: StackIndex, service: Block, endpoints: readonly Block[]): StackFinding[] {
  const isStorage = service.type === "azurerm_storage_account";
  const isHost = isStorage && hostsFunctions(index, service);
  const doors = isStorage
    ? isHost
      ? ["blob", "queue", "table"]
      : ["blob"]
    : SERVICES.filter(({ type }) => type === service.type).map(({ door }) => door);
  const given = endpoints
    .map((endpoint) => connectionOf(index, endpoint))
    .filter(({ target }) => target === service)
    .map(({ door }) => door);
  return [
    ...doors
      .filter((door) => !given.includes(door))
      .map((door) => at(service, `has no private endpoint to its "${door}"`)),
    ...given
      .filter((door, i) => !doors.includes(door) || given.indexOf(door) !== i)
      .map((door) => at(service, `has a private endpoint to its "${door}" that nobody needs`)),
  ];
}

/** Whether a function app keeps its packages there. */
function hostsFunctions(index: StackIndex, account: Block): boolean {
  const name = nameOf(index, account);
  return index.resources("azurerm_function_app_flex_consumption").some(({ stack, body }) => {
    const endpoint = index.text(stack, body.storage_container_endpoint) ?? "";
    return endpoint.includes(`//${name}.`) || endpoint.includes(`${account.address}.`);
  });
}

/** A zone that is not linked to the network answers nobody in it. */
function zoneFindings(index: StackIndex): StackFinding[] {
  const links = index.resources("azurerm_private_dns_zone_virtual_network_link");
  return index.resources("azurerm_private_dns_zone").flatMap((zone) => {
    const own = links.filter(
      (link) => index.text(link.stack, link.body.private_dns_zone_name) === nameOf(index, zone),
    );
    const joined = own.some((link) =>
      index
        .resources("azurerm_virtual_network")
        .some((network) => isIdOf(index, link, "virtual_network_id", network)),
    );
    const known = SERVICES.some((service) => service.zone === nameOf(index, zone));
    return [
      ...(joined ? [] : [at(zone, "is not linked to the network, so nobody finds what is in it")]),
      ...(known ? [] : [at(zone, `no service here has names in ${nameOf(index, zone)}`)]),
    ];
  });
}

function connectionOf(index: StackIndex, endpoint: Block): { target: Block | undefined; door: string } {
  const [resource] = valuesAt(endpoint.body, [
    "private_service_connection",
    "private_connection_resource_id",
  ]);
  const [doors] = valuesAt(endpoint.body, ["private_service_connection", "subresource_names"]);
  const target = index.target(endpoint.stack, resource);
  return { target: target?.attribute === "id" ? target.block : undefined, door: asList(doors).join(", ") };
}

function nameOf(index: StackIndex, block: Block): string {
  return index.text(block.stack, block.body.name) ?? "";
}

function at({ stack, address }: Block, message: string): StackFinding {
  return { check: CHECK, stack, address, message };
}
