import { afterAll, describe, expect, it } from "@jest/globals";
import { emitWard } from "../fixtures/emitted.ts";
import { editWard, removeProjects } from "../fixtures/project.ts";

afterAll(removeProjects);

const STREAM = `<macro>
  <parameter name="timeout" default="30" />
  <backend>
    <!-- As it comes. -->
    <forward-request timeout="[[timeout]]" buffer-response="false" />
  </backend>
</macro>
`;

/** The backend section of createBed's policy, with a fragment bound beside the rate limit. */
async function backendWith(name: string, fragment: string): Promise<string> {
  const limit = '        - rate-limit: { calls: "{{bed-calls}}" }\n';
  const files = {
    ...editWard(limit, `${limit}        - ${name}: {}\n`),
    [`apim-policies/fragments/${name}.xml`]: fragment,
  };
  const policy = (await emitWard(files)).get("apim/apis/ward/operations/createBed.xml") ?? "";
  return (
    /<backend>(.*)<\/backend>/s
      .exec(policy)?.[1]
      ?.replaceAll(/<!--.*?-->/gs, "")
      .replaceAll(/\s+/g, " ")
      .trim() ?? ""
  );
}

describe("a composed policy", () => {
  it("forwards once: a fragment that says how stands in the place of <base />", async () => {
    expect(await backendWith("stream", STREAM)).toBe(
      '<forward-request timeout="30" buffer-response="false" />',
    );
  });

  it("leaves forwarding to the wider scopes when none says how", async () => {
    const inbound = '<macro><inbound><set-variable name="a" value="b" /></inbound></macro>';
    expect(await backendWith("plain", inbound)).toBe("<base />");
    expect(await backendWith("remark", "<macro><backend><!-- Nothing. --></backend></macro>")).toBe(
      "<base />",
    );
  });

  it("comes after the wider scopes on the way in, and before them on the way out", async () => {
    const both =
      '<macro><inbound><set-variable name="a" value="b" /></inbound><outbound><set-variable name="c" value="d" /></outbound></macro>';
    const limit = '        - rate-limit: { calls: "{{bed-calls}}" }\n';
    const files = {
      ...editWard(limit, `${limit}        - both: {}\n`),
      "apim-policies/fragments/both.xml": both,
    };
    const policy = (await emitWard(files)).get("apim/apis/ward/operations/createBed.xml") ?? "";
    const plain = policy.replaceAll(/\s+/g, " ");
    expect(plain).toMatch(/<inbound> <base \/> .*name="a".* <\/inbound>/);
    expect(plain).toMatch(/<outbound> .*name="c".* <base \/> <\/outbound>/);
  });
});
