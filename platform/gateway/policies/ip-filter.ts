import { BlockList, isIP } from "node:net";
import type { PolicyElement } from "../documents/policy-element.ts";
import type { Exchange } from "../pipeline/exchange.ts";
import { PolicyFailure } from "../pipeline/policy-failure.ts";
import type { Policy } from "../compiler/policy.ts";
import type { PolicyCompiler } from "../compiler/policy-compiler.ts";

/**
 * Admits or refuses callers by their address: `allow` refuses who is not listed, `forbid` who is.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - ip-filter". Addresses are literals here.
 */
export const ipFilter: Policy = {
  name: "ip-filter",
  sections: ["inbound"],
  attributes: { action: { required: true } },
  children: {
    address: { text: { required: true, literal: true } },
    "address-range": {
      attributes: { from: { required: true, literal: true }, to: { required: true, literal: true } },
    },
  },
  compile(element, compiler) {
    if (element.children.length === 0) compiler.fail(element.line, "<ip-filter> lists no address");
    const action = compiler.option(element, "action", ["allow", "forbid"]);
    const listed = new BlockList();
    for (const child of element.children) addTo(listed, child, compiler);
    return (exchange) => {
      const admitted = isListed(listed, exchange) === (action(exchange) === "allow");
      if (!admitted) throw refusal(action(exchange), exchange.request.ipAddress);
    };
  },
};

function addTo(listed: BlockList, child: PolicyElement, compiler: PolicyCompiler): void {
  const [from, to] = boundsOf(child);
  const family = familyOf(from);
  if (family === null || family !== familyOf(to))
    compiler.fail(child.line, `<${child.name}> names no IP address`);
  else listed.addRange(from, to, family);
}

function boundsOf(child: PolicyElement): [from: string, to: string] {
  const single = child.text?.value.trim() ?? "";
  if (child.name === "address") return [single, single];
  return [child.attributes.get("from")?.value ?? "", child.attributes.get("to")?.value ?? ""];
}

function familyOf(address: string): "ipv4" | "ipv6" | null {
  const version = isIP(address);
  return version === 0 ? null : version === 4 ? "ipv4" : "ipv6";
}

function isListed(listed: BlockList, { request }: Exchange): boolean {
  const family = familyOf(request.ipAddress);
  if (family === null) {
    throw denied("FailedToParseCallerIP", "Failed to establish IP address for the caller. Access denied.");
  }
  return listed.check(request.ipAddress, family);
}

function refusal(action: "allow" | "forbid", address: string): PolicyFailure {
  if (action === "forbid") return denied("CallerIpBlocked", "Caller IP address is blocked. Access denied.");
  return denied("CallerIpNotAllowed", `Caller IP address ${address} is not allowed. Access denied.`);
}

function denied(reason: string, message: string): PolicyFailure {
  return new PolicyFailure({ source: "ip-filter", reason, message, status: 403, publicMessage: "Forbidden" });
}
