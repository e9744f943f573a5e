import { formatIpv4Range } from "../settings/ipv4-range.ts";
import { reachMatrix, type Reach } from "../checks/network/matrix.ts";
import { readSubnets, subnetOf, type Subnet } from "../checks/network/network.ts";
import { blocksAt } from "../checks/network/security-rules.ts";
import { StackIndex, type Block } from "../checks/stack-index.ts";
import type { StackDocument } from "../stack-document.ts";

const HEADER =
  '<!-- Generated from the stacks of infra/ by "npm run synth -- --write-diagram". Do not edit. -->';

/**
 * The network as it is deployed, as a page: which subnets there are, what is in them, and who may open what to whom. The answers
 * come from the rules of the security groups, evaluated by priority, both sides of each flow.
 *
 * @returns Markdown with a Mermaid flowchart
 */
export function networkDiagram(documents: readonly StackDocument[]): string {
  const index = new StackIndex(documents);
  const subnets = readSubnets(index);
  const matrix = reachMatrix(subnets);
  return [
    HEADER,
    "",
    "# The network",
    "",
    "Clients reach API Management and nothing else: apps, databases, storage and the vault have their public access switched off. What has to speak with addresses outside goes through one NAT gateway, which lets nothing in. Each subnet has a security group of its own; what is not drawn here is refused, in both directions. An arrow goes from who opens a connection to who answers; without a word it is HTTPS (443).",
    "",
    "```mermaid",
    ...flowchart(index, subnets, matrix),
    "```",
    "",
    "## Who may open what",
    "",
    "Names in brackets are Azure's service tags: addresses outside the network.",
    "",
    ...table(
      ["From", "To", "What"],
      matrix.map(({ from, to, flows }) => [from, to, flows.join(", ")]),
    ),
    "",
    "## Subnets",
    "",
    ...table(
      ["Subnet", "Addresses", "In it", "Delegated to", "Way out"],
      subnets.map((subnet) => [
        subnet.role,
        // An environment's own range has another beginning.
        `/${subnet.range.bits} (${offsetIn(subnets, subnet)})`,
        tenantsOf(index, subnet).join(", "),
        subnet.delegations.join(", "),
        hasWayOut(index, subnet) ? "NAT gateway" : "",
      ]),
    ),
    "",
  ].join("\n");
}

function flowchart(index: StackIndex, subnets: readonly Subnet[], matrix: readonly Reach[]): string[] {
  const nodes = subnets.map((subnet) => {
    const tenants = tenantsOf(index, subnet).join("<br/>");
    return `    ${idOf(subnet.role)}["<b>${subnet.role}</b>${tenants === "" ? "" : `<br/>${tenants}`}"]`;
  });
  const doors = index
    .resources("azurerm_api_management")
    .filter(({ body }) => body.public_network_access_enabled === true)
    .flatMap((block) => {
      const subnet = subnetOf(index, block, "virtual_network_configuration.subnet_id");
      const role = subnet && index.text(subnet.stack, subnet.body.name);
      return role === undefined ? [] : [`  clients -->|HTTPS| ${idOf(role)}`];
    });
  return [
    "flowchart LR",
    '  clients(["Clients"])',
    "  subgraph network [Virtual network]",
    ...nodes,
    "  end",
    '  nat(["NAT gateway, to Azure"])',
    ...doors,
    ...matrix.filter(({ to }) => !isOutside(to)).map(({ from, to, flows }) => arrow(from, to, flows)),
    ...[...new Set(matrix.filter(({ to }) => isOutside(to)).map(({ from }) => from))].map(
      (from) => `  ${idOf(from)} -.-> nat`,
    ),
  ];
}

/** HTTPS is what most of them speak, and goes without saying. */
function arrow(from: string, to: string, flows: readonly string[]): string {
  const others = flows.filter((flow) => flow !== "Tcp 443");
  const label = others.length === 0 ? "" : `|${others.join(", ")}|`;
  return `  ${idOf(from)} -->${label} ${idOf(to)}`;
}

/** A service tag: addresses that are not the network's. */
function isOutside(name: string): boolean {
  return name.startsWith("[");
}

/** Mermaid's ids take no dashes and brackets. */
function idOf(name: string): string {
  return name.replace(/\W+/g, "_");
}

const KINDS: Readonly<Record<string, string>> = {
  azurerm_api_management: "API Management (outbound)",
  azurerm_function_app_flex_consumption: "Function app (outbound)",
};

/** What is in a subnet: private endpoints by what they lead to, and what sends through it. */
function tenantsOf(index: StackIndex, { block, endpoints }: Subnet): string[] {
  const doors = endpoints.flatMap((endpoint) =>
    blocksAt(endpoint.body, "private_service_connection").map(({ name }) => `endpoint ${String(name)}`),
  );
  const senders = [
    ["azurerm_api_management", "virtual_network_configuration.subnet_id"],
    ["azurerm_function_app_flex_consumption", "virtual_network_subnet_id"],
  ].flatMap(([type = "", attribute = ""]) =>
    index
      .resources(type)
      .filter((one: Block) => subnetOf(index, one, attribute) === block)
      .map(() => KINDS[type] ?? type),
  );
  return [...senders, ...doors.sort()];
}

function hasWayOut(index: StackIndex, { block }: Subnet): boolean {
  return index
    .resources("azurerm_subnet_nat_gateway_association")
    .some((one) => subnetOf(index, one, "subnet_id") === block);
}

function offsetIn(subnets: readonly Subnet[], { first, range }: Subnet): string {
  const start = Math.min(...subnets.map((subnet) => subnet.first));
  const text = formatIpv4Range({ first: first - start, bits: range.bits });
  return `+${text.replace(/^0\.0\./, "").replace(/\/\d+$/, "")}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, at) => Math.max(3, ...[head, ...rows].map((cells) => cells[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)];
}
