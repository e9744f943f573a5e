import { STACKS } from "../../stack-document.ts";
import type { CheckContext } from "../check-context.ts";
import { dependencyGraph, dependsOn } from "../dependencies.ts";
import { subnetOf } from "../network/network.ts";
import type { StackFinding } from "../stack-finding.ts";
import type { Block } from "../stack-index.ts";

const CHECK = "invariants/guards";

/** What lives in a subnet, or sends through it, by the attribute that names the subnet. */
const TENANTS: Readonly<Record<string, string>> = {
  azurerm_private_endpoint: "subnet_id",
  azurerm_function_app_flex_consumption: "virtual_network_subnet_id",
  azurerm_api_management: "virtual_network_configuration.subnet_id",
};

/** What a subnet has to have before anybody moves in. */
const EQUIPMENT: Readonly<Record<string, string>> = {
  azurerm_subnet_network_security_group_association: "is open to all",
  azurerm_subnet_nat_gateway_association: "has no way out",
};

/** That nobody moves into a subnet before it is guarded, and has its way out: Terraform makes at once what waits for nothing. */
export function checkGuards({ index }: CheckContext): StackFinding[] {
  const graph = dependencyGraph(index);
  const equipment = index
    .resources(...Object.keys(EQUIPMENT))
    .map((block) => ({ block, subnet: subnetOf(index, block, "subnet_id") }));
  return index.resources(...Object.keys(TENANTS)).flatMap((tenant) => {
    const home = subnetOf(index, tenant, TENANTS[tenant.type] ?? "");
    return equipment
      .filter(({ subnet }) => home !== undefined && subnet === home)
      .filter(({ block }) => !comesLater(tenant, block) && !dependsOn(graph, tenant, (one) => one === block))
      .map(({ block }) => ({
        check: CHECK,
        stack: tenant.stack,
        address: tenant.address,
        message: `does not wait for ${block.address}, before which its subnet ${EQUIPMENT[block.type] ?? ""}`,
      }));
  });
}

/** A stack is deployed when those before it are complete. */
function comesLater(one: Block, other: Block): boolean {
  return STACKS.indexOf(one.stack) > STACKS.indexOf(other.stack);
}
