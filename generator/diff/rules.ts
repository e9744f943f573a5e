import type { Rule } from "../rules/catalogue.ts";
import type { Impact } from "./change.ts";

/** A rule by which a change of the partner contract is judged. */
export interface DiffRule extends Rule {
  /** What the change asks of `info.version`; `null` for rules that are not about the contract itself. */
  readonly impact: Impact | null;
}

const AIP = { title: "AIP-180: Backwards compatibility", url: "https://google.aip.dev/180" };
const EXTEND = {
  title: "Zalando RESTful API guidelines, 107: prefer compatible extensions",
  url: "https://opensource.zalando.com/restful-api-guidelines/#107",
};
const CLIENTS = {
  title: "Zalando RESTful API guidelines, 108: prepare clients to accept compatible extensions",
  url: "https://opensource.zalando.com/restful-api-guidelines/#108",
};
const ENUMS = {
  title: "Zalando RESTful API guidelines, 112: open-ended lists of values",
  url: "https://opensource.zalando.com/restful-api-guidelines/#112",
};
const DEPRECATE = {
  title: "Zalando RESTful API guidelines, 187: reflect deprecation in API specifications",
  url: "https://opensource.zalando.com/restful-api-guidelines/#187",
};
const STATUS = {
  title: "RFC 9110, 15: Status codes",
  url: "https://www.rfc-editor.org/rfc/rfc9110.html#section-15",
};
const SEMVER = { title: "Semantic Versioning 2.0.0", url: "https://semver.org/spec/v2.0.0.html" };
const IMPORT = {
  title: "Azure API Management: API import restrictions",
  url: "https://learn.microsoft.com/azure/api-management/api-management-api-import-restrictions",
};
const LIMITS = {
  title: "Azure API Management: advanced request throttling",
  url: "https://learn.microsoft.com/azure/api-management/api-management-sample-flexible-throttling",
};
const POLICIES = {
  title: "Azure API Management: policy reference",
  url: "https://learn.microsoft.com/azure/api-management/api-management-policies",
};
const PRODUCTS = {
  title: "Azure API Management: create and publish a product",
  url: "https://learn.microsoft.com/azure/api-management/api-management-howto-add-products",
};

type Row = readonly [statement: string, source: Rule["source"]];

const BREAKING = {
  "api-removed": ["A published API stays.", AIP],
  "operation-removed": ["An operation that partners call stays, and stays on the gateway.", AIP],
  "operation-id-changed": [
    "An operationId stays: clients are generated from it, and API Management matches operations by it.",
    IMPORT,
  ],
  "address-changed": ["An operation keeps its method and its path.", AIP],
  "request-parameter-removed": ["A parameter that partners may send stays.", AIP],
  "request-parameter-required": ["A parameter that partners may leave out stays optional.", EXTEND],
  "request-parameter-narrowed": ["A parameter goes on taking every value that it took.", EXTEND],
  "request-parameter-serialization": ["A parameter stays written as it was.", AIP],
  "request-body-removed": ["A body that partners may send stays.", AIP],
  "request-body-required": ["A body that partners may leave out stays optional.", EXTEND],
  "request-body-size": ["A body may go on being as large as it was.", EXTEND],
  "request-media-type-removed": ["A media type that partners may send stays.", AIP],
  "request-property-removed": ["A property that partners may send stays.", AIP],
  "request-property-required": ["A property that partners may leave out stays optional.", EXTEND],
  "request-property-narrowed": ["A property goes on taking every value that it took.", EXTEND],
  "request-default-changed": ["What a value that is left out stands for stays the same.", AIP],
  "refusal-status-changed": ["A malformed request goes on being refused with the same status.", AIP],
  "response-status-removed": ["A success that partners wait for stays.", STATUS],
  "response-status-added": ["An operation succeeds with the statuses that partners know.", STATUS],
  "response-media-type-removed": ["A media type that partners read stays.", AIP],
  "response-header-removed": ["A response header that partners read stays.", AIP],
  "response-header-optional": ["A response header that is always there stays so.", AIP],
  "response-header-widened": ["A response header has no values that partners do not know.", EXTEND],
  "response-property-removed": ["A property that partners read stays.", AIP],
  "response-property-added": [
    "An answer that is said to have no other properties gets none, unless clients were told to ignore what they do not know.",
    CLIENTS,
  ],
  "response-property-optional": ["A property that is always there stays so.", AIP],
  "response-property-widened": ["A property has no values that partners do not know.", EXTEND],
  "response-value-added": [
    "A list of values that partners read grows only when its description said before that it would.",
    ENUMS,
  ],
  "security-tightened": ["What opens an operation goes on opening it.", AIP],
  "server-removed": ["An address of the API stays.", AIP],
  "product-removed": ["A product goes on holding the API: its subscriptions open it.", PRODUCTS],
  "rate-limit-stricter": ["Partners may go on calling as often as they could.", LIMITS],
  "quota-stricter": ["Partners may go on calling as much as they could.", LIMITS],
  "header-demanded": ["The gateway demands no header that partners need not send.", POLICIES],
  "token-demanded": [
    "The gateway demands no token, audience, issuer or claim that partners need not have.",
    POLICIES,
  ],
  "caller-refused": ["The gateway goes on admitting the addresses that it admitted.", POLICIES],
  "gateway-refusal": ["The gateway refuses nothing by itself that it passed on.", POLICIES],
  unproved: ["A change that cannot be proved compatible is a breaking one.", AIP],
} as const satisfies Record<string, Row>;

const COMPATIBLE = {
  "api-added": ["A new API is an addition.", SEMVER],
  "operation-added": ["A new operation is an addition.", SEMVER],
  deprecated: ["A deprecation is told a version before anything is taken away.", DEPRECATE],
  "request-parameter-added": ["A new optional parameter is an addition.", EXTEND],
  "request-property-added": ["A new optional property is an addition.", EXTEND],
  "request-media-type-added": ["A further media type is an addition.", SEMVER],
  "request-default-added": ["A default that is told is a promise more.", AIP],
  "request-widened": ["Taking more than before is an addition.", EXTEND],
  "response-property-added": [
    "A new property of an answer is an addition: clients ignore what they do not know.",
    CLIENTS,
  ],
  "response-header-added": [
    "A new response header is an addition: clients ignore what they do not know.",
    CLIENTS,
  ],
  "response-media-type-added": ["A further media type of an answer is an addition.", SEMVER],
  "response-narrowed": ["Promising more of an answer than before is an addition.", EXTEND],
  "response-value-added": ["A list of values that is documented to grow may grow.", ENUMS],
  "response-status-added": [
    "A new failure is an addition: clients treat one that they do not know as its class.",
    STATUS,
  ],
  "response-status-removed": ["A failure that does not happen any more is an improvement.", STATUS],
  "security-loosened": ["A further way to be admitted is an addition.", SEMVER],
  "server-added": ["A further address is an addition.", SEMVER],
  "product-added": ["A further product that holds the API is an addition.", PRODUCTS],
  "policy-loosened": ["Letting more through the gateway than before is an addition.", LIMITS],
} as const satisfies Record<string, Row>;

const PATCHES = {
  equivalent: ["What is written differently and means the same is a patch.", SEMVER],
  documentation: ["What only readers see is a patch.", SEMVER],
  "off-the-wire": ["What no request and no answer shows is a patch.", SEMVER],
} as const satisfies Record<string, Row>;

const OTHERS = {
  "diff/version": ["MUST", "info.version is raised as the change of the contract asks.", SEMVER],
  "diff/policy-unjudged": [
    "SHOULD",
    "A change of a policy that no rule knows is judged by a person.",
    POLICIES,
  ],
  "waiver/form": [
    "MUST",
    "A waiver names a rule, a place, a reason, who approved it and a day within 180 days on which it ends.",
    AIP,
  ],
  "waiver/expired": ["MUST", "A waiver that has expired waives nothing.", AIP],
  "waiver/unused": ["SHOULD", "A waiver that waives nothing is taken out.", AIP],
} as const satisfies Record<string, readonly ["MUST" | "SHOULD", ...Row]>;

export type DiffRuleId =
  | `breaking/${keyof typeof BREAKING}`
  | `compatible/${keyof typeof COMPATIBLE | keyof typeof PATCHES}`
  | keyof typeof OTHERS;

/** Every rule of `npm run diff`, with its statement and the guideline that it follows. */
export const DIFF_RULES: readonly DiffRule[] = [
  ...rulesOf("breaking", BREAKING, "MUST", "major"),
  ...rulesOf("compatible", COMPATIBLE, "MAY", "minor"),
  ...rulesOf("compatible", PATCHES, "MAY", "patch"),
  ...Object.entries(OTHERS).map(([id, [level, statement, source]]): DiffRule => ({
    id,
    level,
    impact: null,
    statement,
    source,
  })),
];

const IMPACTS = new Map<string, Impact | null>(DIFF_RULES.map(({ id, impact }) => [id, impact]));

/** What a change that a rule is about asks of `info.version`. */
export function impactOf(rule: DiffRuleId): Impact {
  return IMPACTS.get(rule) ?? "patch";
}

export function isDiffRule(id: string): id is DiffRuleId {
  return IMPACTS.has(id);
}

function rulesOf(
  room: "breaking" | "compatible",
  rows: Readonly<Record<string, Row>>,
  level: Rule["level"],
  impact: Impact,
): DiffRule[] {
  return Object.entries(rows).map(([name, [statement, source]]) => ({
    id: `${room}/${name}`,
    level,
    impact,
    statement,
    source,
  }));
}
