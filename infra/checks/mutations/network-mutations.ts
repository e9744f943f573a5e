import { formatIpv4Range, parseIpv4Range } from "../../settings/ipv4-range.ts";
import type { StackDocument } from "../../stack-document.ts";
import type { MutableBlock, MutableStack, Mutation } from "./mutation.ts";

const GROUP = "azurerm_network_security_group";

/** What opens or closes the network. */
export function networkMutations(documents: readonly StackDocument[]): Mutation[] {
  return documents.flatMap((stack) => [
    ...ruleMutations(stack),
    ...rangeMutations(stack),
    ...hurriedMutations(stack),
    ...addressMutations(stack),
  ]);
}

/** Each is made of each rule that it changes anything about. */
const RULE_CHANGES: Readonly<Record<string, (rule: MutableBlock) => MutableBlock | undefined>> = {
  "drop-rule": () => undefined,
  "widen-source": (rule) => ({ ...rule, source_address_prefix: "*" }),
  "widen-destination": (rule) => ({ ...rule, destination_address_prefix: "*" }),
  "to-network": (rule) => ({
    ...rule,
    destination_address_prefix: "VirtualNetwork",
    source_address_prefix: "VirtualNetwork",
  }),
  "widen-port": (rule) => ({ ...rule, destination_port_range: "*" }),
  "other-port": (rule) => ({ ...rule, destination_port_range: "22" }),
  "any-protocol": (rule) => ({ ...rule, protocol: "*" }),
  "to-udp": (rule) => ({ ...rule, protocol: "Udp" }),
  "turn-access": (rule) => ({ ...rule, access: rule.access === "Allow" ? "Deny" : "Allow" }),
  "turn-direction": (rule) => ({
    ...rule,
    direction: rule.direction === "Inbound" ? "Outbound" : "Inbound",
  }),
  "behind-refusal": (rule) =>
    rule.access === "Allow" ? { ...rule, priority: 4097 } : { ...rule, priority: 100 },
  "same-priority": (rule) => ({ ...rule, priority: rule.priority === 100 ? 110 : 100 }),
  "let-internet": (rule) => ({ ...rule, source_address_prefix: "Internet", access: "Allow" }),
  "half-source": (rule) => ({ ...rule, source_address_prefix: halved(rule.source_address_prefix) }),
  "double-source": (rule) => ({ ...rule, source_address_prefix: doubled(rule.source_address_prefix) }),
};

function ruleMutations({ name: stack, document }: StackDocument): Mutation[] {
  return Object.entries(document.resource?.[GROUP] ?? {}).flatMap(([name, group]) => {
    const rules = group.security_rule as readonly MutableBlock[];
    return rules.flatMap((rule, at) =>
      Object.entries(RULE_CHANGES)
        .filter(([, changed]) => JSON.stringify(changed(rule)) !== JSON.stringify(rule))
        .map(([kind, changed]): Mutation => ({
          kind,
          stack,
          type: GROUP,
          address: `${GROUP}.${name}`,
          attribute: `security_rule.${String(rule.name)}`,
          change: ({ document: copy }) => {
            const own = copy.resource[GROUP]?.[name]?.security_rule as (MutableBlock | undefined)[];
            const result = changed(rule);
            if (result) own[at] = result;
            else own.splice(at, 1);
          },
        })),
    );
  });
}

function rangeMutations({ name: stack, document }: StackDocument): Mutation[] {
  return Object.entries(document.resource?.azurerm_subnet ?? {}).flatMap(([name, subnet]) => {
    const [range] = subnet.address_prefixes as readonly string[];
    const changes = {
      "double-range": doubled(range),
      "half-range": halved(range),
      "far-range": "192.168.7.0/26",
    };
    return Object.entries(changes).map(([kind, changed]): Mutation => ({
      kind,
      stack,
      type: "azurerm_subnet",
      address: `azurerm_subnet.${name}`,
      attribute: "address_prefixes",
      change: ({ document: copy }) => {
        const own = copy.resource.azurerm_subnet?.[name];
        if (own) own.address_prefixes = [changed];
      },
    }));
  });
}

const WAITING = /^\$\{azurerm_subnet_\w+_association\.([\w-]+)-(?:guard|way-out)\.subnet_id\}$/;

/** Who moves into a subnet without waiting for what has to be there first. */
function hurriedMutations({ name: stack, document }: StackDocument): Mutation[] {
  return Object.entries(document.resource ?? {}).flatMap(([type, named]) =>
    Object.entries(named).flatMap(([name, block]): Mutation[] => {
      const role = WAITING.exec(String(block.subnet_id))?.[1];
      if (role === undefined || type !== "azurerm_private_endpoint") return [];
      const change: Mutation["change"] = ({ document: copy }) => {
        const own = copy.resource[type]?.[name];
        if (own) own.subnet_id = `\${azurerm_subnet.${role}.id}`;
      };
      return [{ kind: "hurry", stack, type, address: `${type}.${name}`, attribute: "subnet_id", change }];
    }),
  );
}

const ADDRESS = "azurerm_public_ip";
const WAY_OUT = "azurerm_subnet_nat_gateway_association";

/** Another public address, and a way out for who needs none. */
function addressMutations({ name: stack, document }: StackDocument): Mutation[] {
  const others = document.resource?.[ADDRESS];
  if (!others) return [];
  const added = (kind: string, type: string, name: string, body: (first: MutableBlock) => MutableBlock) => ({
    kind,
    stack,
    type,
    address: `${type}.${name}`,
    attribute: "",
    change: ({ document: copy }: MutableStack) => {
      const named = (copy.resource[type] ??= {});
      named[name] = body(structuredClone(Object.values(named)[0] ?? {}));
    },
  });
  return [
    added("public-address", ADDRESS, "door", (first) => ({ ...first, name: "specimen-door" })),
    added("needless-way-out", WAY_OUT, "shared-way-out", (first) => ({
      ...first,
      subnet_id: "${azurerm_subnet.shared.id}",
    })),
  ];
}

function doubled(text: unknown): string {
  const range = parseIpv4Range(String(text));
  if (!range) return "*";
  const bits = range.bits - 1;
  const size = 2 ** (32 - bits);
  return formatIpv4Range({ first: Math.floor(range.first / size) * size, bits });
}

function halved(text: unknown): string {
  const range = parseIpv4Range(String(text));
  return range ? formatIpv4Range({ first: range.first, bits: range.bits + 1 }) : String(text);
}
