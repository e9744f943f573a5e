import { afterAll, describe, expect, it } from "@jest/globals";
import { removeProjects, type ProjectFiles } from "../../fixtures/project.ts";
import { edit, editContract, judgeWard, linesOf } from "../fixtures/judge-ward.ts";

afterAll(removeProjects);

const NURSE = "apim-policies/products/nurse.xml";
const GLOBAL = "apim-policies/global.xml";
const FRAGMENT = "apim-policies/fragments/rate-limit.xml";
const PROD = "environments/prod.ts";
const QUOTA = '<quota calls="5" renewal-period="60" />';
const BOUND = '        - rate-limit: { calls: "{{bed-calls}}" }\n';

/** The product's policy with statements after what it inherits. */
function product(...statements: readonly string[]): ProjectFiles {
  const inbound = ["<base />", QUOTA, ...statements].map((line) => `    ${line}\n`).join("");
  return { [NURSE]: `<policies>\n  <inbound>\n${inbound}  </inbound>\n</policies>\n` };
}

const JWT = (...inner: readonly string[]): string =>
  `<validate-jwt header-name="Authorization"><openid-config url="https://id.example/x" />${inner.join("")}</validate-jwt>`;
const CLAIM = (name: string, match: string, ...values: readonly string[]): string =>
  `<required-claims><claim name="${name}" match="${match}">${values.map((value) => `<value>${value}</value>`).join("")}</claim></required-claims>`;
const AUDIENCES = (...values: readonly string[]): string =>
  `<audiences>${values.map((value) => `<audience>${value}</audience>`).join("")}</audiences>`;
const CHECK = (name: string, ...values: readonly string[]): string =>
  `<check-header name="${name}" failed-check-httpcode="400" failed-check-error-message="x" ignore-case="true">${values.map((value) => `<value>${value}</value>`).join("")}</check-header>`;
const FILTER = (action: string, ...addresses: readonly string[]): string =>
  `<ip-filter action="${action}">${addresses.map((address) => `<address>${address}</address>`).join("")}</ip-filter>`;
const REFUSE = (condition: string, status: number): string =>
  `<choose><when condition="@(${condition})"><return-response><set-status code="${status}" reason="x" /></return-response></when></choose>`;

/** What the product asked before, what it asks now, and what that is. */
const PRODUCTS: readonly (readonly [what: string, before: string[], after: string[], rule: string | null])[] =
  [
    ["a header asked for", [], [CHECK("X-Why")], "breaking/header-demanded"],
    [
      "a header with fewer values",
      [CHECK("X-Why", "a", "b")],
      [CHECK("X-Why", "A")],
      "breaking/header-demanded",
    ],
    ["a header in other letters", [CHECK("X-Why", "a")], [CHECK("x-why", "A")], null],
    [
      "a header with more values",
      [CHECK("X-Why", "a")],
      [CHECK("X-Why", "a", "b")],
      "compatible/policy-loosened",
    ],
    ["a header not asked for", [CHECK("X-Why")], [], "compatible/policy-loosened"],
    [
      "a header refused otherwise",
      [CHECK("X-Why")],
      [CHECK("X-Why").replace("400", "403")],
      "breaking/refusal-status-changed",
    ],
    ["a token asked for", [], [JWT()], "breaking/token-demanded"],
    ["a token of another audience", [JWT(AUDIENCES("a"))], [JWT(AUDIENCES("b"))], "breaking/token-demanded"],
    [
      "a token of one audience more",
      [JWT(AUDIENCES("a"))],
      [JWT(AUDIENCES("a", "b"))],
      "compatible/policy-loosened",
    ],
    ["a token with a scope", [JWT()], [JWT(CLAIM("scp", "any", "read"))], "breaking/token-demanded"],
    [
      "a token with any of fewer scopes",
      [JWT(CLAIM("scp", "any", "read", "write"))],
      [JWT(CLAIM("scp", "any", "read"))],
      "breaking/token-demanded",
    ],
    [
      "a token with all of more scopes",
      [JWT(CLAIM("scp", "all", "read"))],
      [JWT(CLAIM("scp", "all", "read", "write"))],
      "breaking/token-demanded",
    ],
    [
      "a token with any instead of all scopes",
      [JWT(CLAIM("scp", "all", "read", "write"))],
      [JWT(CLAIM("scp", "any", "read"))],
      "compatible/policy-loosened",
    ],
    ["a token of another issuer's keys", [JWT()], [JWT().replace("/x", "/y")], "diff/policy-unjudged"],
    ["no token", [JWT()], [], "compatible/policy-loosened"],
    [
      "a certificate asked for",
      [],
      ['<validate-client-certificate validate-trust="true" />'],
      "breaking/token-demanded",
    ],
    ["addresses let in, and no others", [], [FILTER("allow", "10.0.0.1")], "breaking/caller-refused"],
    [
      "fewer addresses let in",
      [FILTER("allow", "10.0.0.1", "10.0.0.2")],
      [FILTER("allow", "10.0.0.1")],
      "breaking/caller-refused",
    ],
    [
      "more addresses let in",
      [FILTER("allow", "10.0.0.1")],
      [FILTER("allow", "10.0.0.2", "10.0.0.1")],
      "compatible/policy-loosened",
    ],
    [
      "more addresses kept out",
      [FILTER("forbid", "10.0.0.1")],
      [FILTER("forbid", "10.0.0.1", "10.0.0.2")],
      "breaking/caller-refused",
    ],
    ["every address let in", [FILTER("allow", "10.0.0.1")], [], "compatible/policy-loosened"],
    [
      "a path answered by the gateway",
      [],
      [REFUSE("context.Request.Url.Path == &quot;/x&quot;", 410)],
      "breaking/gateway-refusal",
    ],
    ["a path not answered by the gateway", [REFUSE("true", 410)], [], "compatible/policy-loosened"],
    ["another path answered by the gateway", [REFUSE("a", 410)], [REFUSE("b", 410)], "diff/policy-unjudged"],
    [
      "the same number in a longer time, in a burst",
      ['<rate-limit calls="10" renewal-period="10" />'],
      ['<rate-limit calls="60" renewal-period="60" />'],
      "compatible/policy-loosened",
    ],
    [
      "a burst refused",
      ['<rate-limit calls="60" renewal-period="60" />'],
      ['<rate-limit calls="1" renewal-period="1" />'],
      "breaking/rate-limit-stricter",
    ],
    [
      "a longer window",
      ['<rate-limit calls="60" renewal-period="60" />'],
      ['<rate-limit calls="60" renewal-period="120" />'],
      "breaking/rate-limit-stricter",
    ],
    [
      "a limit for each caller",
      [],
      ['<rate-limit-by-key calls="9" renewal-period="60" counter-key="@(context.Request.IpAddress)" />'],
      "breaking/rate-limit-stricter",
    ],
    [
      "a limit that nobody can compute",
      [],
      ['<rate-limit-by-key calls="@(1)" renewal-period="60" counter-key="x" />'],
      "diff/policy-unjudged",
    ],
    [
      "a header of the request set",
      [],
      ['<set-header name="x-a" exists-action="override"><value>1</value></set-header>'],
      "diff/policy-unjudged",
    ],
    [
      "comments and white space",
      ["<!-- a -->", '<set-variable name="a" value="b" />'],
      ['<set-variable   value="b"  name="a"></set-variable>', "<!-- b -->"],
      null,
    ],
  ];

describe("policies on the way of a call", () => {
  it.each(PRODUCTS)("%s", async (_what, before, after, rule) => {
    const report = await judgeWard(product(...after), product(...before));
    const found = report.findings.filter((one) => !/^(apim|diff\/version)/.test(one.rule));
    expect([...new Set(found.map((one) => one.rule))]).toEqual(rule === null ? [] : [rule]);
    for (const { file, line } of found) expect([file, line > 1]).toEqual([NURSE, true]);
  });

  it("tells a stricter limit at the value of production, the use, the fragment or the policy that made it so", async () => {
    const rule = "breaking/rate-limit-stricter";
    const value = edit(PROD, ['"bed-calls": "120"', '"bed-calls": "60"']);
    const inProduction = await judgeWard(value);
    expect(linesOf(inProduction, rule, value)).toEqual([`${PROD}: "bed-calls": "60",`]);
    expect(inProduction.findings[0]?.message).toBe(
      "rate-limit of 60 calls in 60 s, it was 120 calls in 60 s: refuses calls that were let through [createBed]",
    );
    const use = editContract([BOUND, BOUND.replace('"{{bed-calls}}"', "60")]);
    expect(linesOf(await judgeWard(use), rule, use)).toEqual([
      "openapi/ward.yaml: - rate-limit: { calls: 60 }",
    ]);
    const byDefault = edit(FRAGMENT, ['default="60"', 'default="90"']);
    expect(linesOf(await judgeWard(byDefault), rule, byDefault)).toEqual([
      `${FRAGMENT}: <parameter name="renewal-period" default="90" />`,
    ]);
    const inFragment = edit(FRAGMENT, ['calls="[[calls]]"', 'calls="5"']);
    expect(linesOf(await judgeWard(inFragment), rule, inFragment)).toEqual([
      `${FRAGMENT}: <inbound><rate-limit calls="5" renewal-period="[[renewal-period]]" /></inbound>`,
    ]);
  });

  it("takes a stricter quota for a breaking change, a looser one for an addition", async () => {
    const stricter = edit(NURSE, ['calls="5"', 'calls="4"']);
    expect(linesOf(await judgeWard(stricter), "breaking/quota-stricter", stricter)).toEqual([
      `${NURSE}: ${stricter[NURSE] ?? ""}`,
    ]);
    const looser = await judgeWard(edit(NURSE, ['calls="5"', 'calls="6"']));
    expect(looser.verdict).toBe("minor");
    expect(looser.findings.map(({ rule }) => rule)).toEqual(["compatible/policy-loosened", "diff/version"]);
  });

  it("knows that a limit of a narrower scope lets no less through", async () => {
    const limit = '<rate-limit calls="60" renewal-period="60" />';
    const narrower = editContract([BOUND, "        - rate-limit: { calls: 60 }\n"]);
    const base = { ...product(limit), ...editContract([`      x-apim-policies:\n${BOUND}`, ""]) };
    const moved = await judgeWard({ ...product(), ...narrower }, base);
    expect(moved.findings.map(({ rule }) => rule)).not.toContain("breaking/rate-limit-stricter");
    const back = await judgeWard(base, { ...product(), ...narrower });
    expect(back.findings.map(({ rule }) => rule)).toContain("breaking/rate-limit-stricter");
  });

  it("tells a limit that is gone where it was bound", async () => {
    const head = editContract([`      x-apim-policies:\n${BOUND}`, ""]);
    const report = await judgeWard(head);
    expect(linesOf(report, "compatible/policy-loosened", head)).toEqual(["openapi/ward.yaml: post:"]);
  });

  it("asks a person about what no rule knows, in every file of policies", async () => {
    const global = edit(GLOBAL, ['timeout="{{forward-timeout}}"', 'timeout="5"']);
    const report = await judgeWard(global);
    expect(linesOf(report, "diff/policy-unjudged", global)).toEqual([
      `${GLOBAL}: <backend><forward-request timeout="5" /></backend>`,
    ]);
    expect(report.findings[0]).toMatchObject({
      severity: "warning",
      message:
        "forward-request in backend changed: a person has to judge this [listBeds, createBed, readBed]",
    });
    const value = edit(PROD, ['"forward-timeout": "30"', '"forward-timeout": "5"']);
    expect(linesOf(await judgeWard(value), "diff/policy-unjudged", value)).toEqual([
      `${PROD}: "forward-timeout": "5",`,
    ]);
  });

  it("asks a person about statements that change places, and about what is not inherited any more", async () => {
    const set = (name: string): string => `<set-variable name="${name}" value="1" />`;
    const order = await judgeWard(product(set("b"), set("a")), product(set("a"), set("b")));
    expect(order.findings.map(({ message }) => message)).toEqual([
      "set-variable runs at another time: a person has to judge this [listBeds, createBed, readBed]",
    ]);
    const base: ProjectFiles = {
      [GLOBAL]: `<policies><inbound>${set("a")}</inbound><backend><forward-request /></backend></policies>`,
    };
    const cut = await judgeWard(
      { [NURSE]: '<policies><inbound><quota calls="5" renewal-period="60" /></inbound></policies>' },
      base,
    );
    expect(cut.findings.map(({ message }) => message)).toEqual([
      "set-variable in inbound is gone: a person has to judge this [listBeds, createBed, readBed]",
    ]);
  });

  it("takes a header that answers promise for gone when the gateway takes it away, or calls it otherwise", async () => {
    const rule = "breaking/response-header-removed";
    const outbound = (name: string): ProjectFiles => ({
      [NURSE]: `<policies>
  <inbound><base />${QUOTA}</inbound>
  <outbound>
    <base />
    <set-header name="${name}" exists-action="delete" />
  </outbound>
</policies>
`,
    });
    const promised = outbound("etag");
    expect(linesOf(await judgeWard(promised), rule, promised)).toEqual([
      `${NURSE}: <set-header name="etag" exists-action="delete" />`,
    ]);
    const other = await judgeWard(outbound("x-powered-by"));
    expect(other.findings.map((finding) => finding.rule)).toEqual(["diff/policy-unjudged"]);
    const named = edit(FRAGMENT, ['calls="[[calls]]"', 'calls="[[calls]]" retry-after-header-name="X-Wait"']);
    const report = await judgeWard(named);
    expect(report.findings.map((finding) => [finding.rule, finding.file, finding.line])).toEqual([
      [rule, FRAGMENT, 4],
    ]);
    expect(report.findings[0]?.message).toBe("the header Retry-After is called X-Wait now [createBed]");
    const more = edit(FRAGMENT, [
      'calls="[[calls]]"',
      'calls="[[calls]]" remaining-calls-header-name="X-Left"',
    ]);
    expect((await judgeWard(more)).findings.map((finding) => finding.rule)).toContain(
      "compatible/response-header-added",
    );
  });

  it("finds no change where headers are taken away in another order", async () => {
    const drop = (name: string): string => `<set-header name="${name}" exists-action="delete" />`;
    expect((await judgeWard(product(drop("b"), drop("a")), product(drop("a"), drop("b")))).verdict).toBe(
      "none",
    );
    const read =
      '<set-header name="b"><value>@(context.Request.Headers.GetValueOrDefault("a",""))</value></set-header>';
    const order = await judgeWard(product(read, drop("a")), product(drop("a"), read));
    expect(order.findings.map((finding) => finding.rule)).toEqual(["diff/policy-unjudged"]);
  });

  it("compares values as they are written where production has none", async () => {
    const without = { [PROD]: null };
    const same = await judgeWard({}, without);
    expect(same.findings).toEqual([]);
    const changed = await judgeWard(editContract([BOUND, BOUND.replace("bed-calls", "cot-calls")]), without);
    expect(changed.findings.map(({ rule }) => rule)).toEqual(["diff/policy-unjudged"]);
  });
});
