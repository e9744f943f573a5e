import type { CheckContext } from "../check-context.ts";
import { dependencyGraph, dependsOn } from "../dependencies.ts";
import { expectedWaysOut } from "../network/expected-reach.ts";
import { isIdOf, subnetOf } from "../network/network.ts";
import type { StackFinding } from "../stack-finding.ts";
import type { Block, StackIndex } from "../stack-index.ts";

const CHECK = "invariants/ways-out";
const NAT = "azurerm_nat_gateway";
const ADDRESS = "azurerm_public_ip";
const ADDRESSED = "azurerm_nat_gateway_public_ip_association";
const WAY_OUT = "azurerm_subnet_nat_gateway_association";

/** That there is one public address, which lets nothing in: that of the NAT gateway, which those subnets have that speak outside. */
export function checkWaysOut(context: CheckContext): StackFinding[] {
  const { index } = context;
  return [
    ...[NAT, ADDRESS, ADDRESSED].flatMap((type) => countFindings(index, type)),
    ...addressFindings(index),
    ...subnetFindings(context),
    ...orderFindings(index),
  ];
}

function countFindings(index: StackIndex, type: string): StackFinding[] {
  const count = index.resources(type).length;
  if (count === 1) return [];
  const [first] = index.resources(type);
  return [at(first ?? { stack: "foundation", address: type }, `there are ${count} of ${type}, expected one`)];
}

/** Whatever else names the address would be reached by it. */
function addressFindings(index: StackIndex): StackFinding[] {
  const graph = dependencyGraph(index);
  return index.blocks.flatMap((block) =>
    (graph.get(block) ?? [])
      .filter(({ type }) => type === ADDRESS)
      .filter((address) => block.type !== ADDRESSED || !isIdOf(index, block, "public_ip_address_id", address))
      .map((address) => at(block, `uses ${address.address}, which is the NAT gateway's alone`)),
  );
}

function subnetFindings({ index, manifest }: CheckContext): StackFinding[] {
  const expected = expectedWaysOut(manifest);
  const given = index.resources(WAY_OUT).map((block) => {
    const subnet = subnetOf(index, block, "subnet_id");
    return { block, role: subnet && index.text(subnet.stack, subnet.body.name) };
  });
  const extra = given
    .filter(({ role }) => role === undefined || !expected.includes(role))
    .map(({ block, role }) => at(block, `gives a way out to "${role ?? "nobody"}", which does not need it`));
  const lacking = expected
    .map((role) => ({ role, count: given.filter((one) => one.role === role).length }))
    .filter(({ count }) => count !== 1)
    .map(({ role, count }) =>
      at({ stack: "foundation", address: WAY_OUT }, `"${role}" has ${count} ways out, expected one`),
    );
  return [...extra, ...lacking];
}

/** A NAT gateway without an address lets nothing out. */
function orderFindings(index: StackIndex): StackFinding[] {
  const graph = dependencyGraph(index);
  return index
    .resources(WAY_OUT)
    .filter((block) => !dependsOn(graph, block, ({ type }) => type === ADDRESSED))
    .map((block) => at(block, `does not wait for ${ADDRESSED}, before which it leads nowhere`));
}

function at({ stack, address }: Pick<Block, "stack" | "address">, message: string): StackFinding {
  return { check: CHECK, stack, address, message };
}
