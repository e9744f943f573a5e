import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { emitWard } from "./fixtures/emitted.ts";
import { removeProjects } from "./fixtures/project.ts";
import { generate } from "./generate.ts";

const projectDirectory = join(import.meta.dirname, "..");

afterAll(removeProjects);

describe("generate", () => {
  it("gives the same bytes twice, also for another copy of the sources", async () => {
    expect(await generate(projectDirectory)).toEqual(await generate(projectDirectory));
    expect(await emitWard()).toEqual(await emitWard());
  });

  it("heads every file that can hold a comment with its source and the command", async () => {
    for (const [path, content] of await emitWard()) {
      const bare = /(openapi|import|host)\.json$/.test(path);
      if (!bare) expect([path, content]).toEqual([path, expect.stringContaining("Generated from ")]);
    }
  });

  it("names no place of this machine", async () => {
    const contents = [...(await emitWard()).values()].join("\n");
    expect(contents).not.toContain(projectDirectory);
    expect(contents).not.toContain("specimen-generator-");
  });

  it("binds the app's key at the API, after the base, and what an operation asks for at the operation", async () => {
    const outputs = await emitWard();
    expect(outputs.get("apim/apis/ward/policy.xml"))
      .toBe(`<!-- Generated from openapi/ward.yaml, apim-policies/fragments/ by "npm run generate". Do not edit. -->
<policies>
  <inbound>
    <base />
    <set-header name="x-functions-key">
      <value>@((string)context.Variables["ward-gateway-key"])</value>
    </set-header>
    <set-backend-service backend-id="ward" />
  </inbound>
  <backend>
    <base />
  </backend>
  <outbound>
    <base />
  </outbound>
  <on-error>
    <base />
  </on-error>
</policies>
`);
    expect(outputs.get("apim/apis/ward/operations/createBed.xml")).toContain(
      '<base />\n    <rate-limit calls="{{bed-calls}}" renewal-period="60" />',
    );
    expect([...outputs.keys()].filter((path) => path.includes("/operations/"))).toHaveLength(1);
  });

  it("registers every operation with its own route, and none without a key", async () => {
    const functions = (await emitWard()).get("ward/functions.ts") ?? "";
    expect([...functions.matchAll(/route: "(.*)"/g)].map(([, route]) => route)).toEqual([
      "ward/beds",
      "ward/beds",
      "ward/beds/{bedId}",
      "sweep",
    ]);
    expect([...functions.matchAll(/authLevel: "function"/g)]).toHaveLength(4);
  });
});
