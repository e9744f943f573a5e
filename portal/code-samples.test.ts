import { describe, expect, it } from "@jest/globals";
import { withCodeSamples } from "./code-samples.ts";
import { arrayOf, objectOf } from "./json.ts";
import type { Json, JsonObject } from "./json.ts";

function sampleOf(operation: JsonObject, path = "/shop", item: JsonObject = {}): Json | undefined {
  const document = withCodeSamples(
    {
      paths: { [path]: { ...item, post: operation } },
      components: {
        parameters: { Id: { name: "id", in: "path", schema: { type: "string" }, example: "b 1" } },
        examples: { Named: { value: { name: "D'Arcy" } } },
      },
    },
    "http://gateway",
  );
  const paths = objectOf(document.paths);
  return objectOf(arrayOf(objectOf(objectOf(paths[path]).post)["x-codeSamples"])[0]).source;
}

describe("withCodeSamples", () => {
  it("writes a curl line with the key as a variable", () => {
    expect(sampleOf({})).toBe(
      `curl -i -X POST 'http://gateway/shop' \\\n  -H "Ocp-Apim-Subscription-Key: $KEY"`,
    );
  });

  it("fills path parameters with their examples, shared ones and references too", () => {
    const item = { parameters: [{ $ref: "#/components/parameters/Id" }] };
    expect(sampleOf({}, "/shop/{id}", item)).toContain("'http://gateway/shop/b 1'");
  });

  it("shows the name of a path parameter that has no example", () => {
    const parameters = [{ name: "id", in: "path", schema: { type: "string" } }];
    expect(sampleOf({ parameters }, "/shop/{id}")).toContain("'http://gateway/shop/<id>'");
  });

  it("sends the first example of the body, quoted for the shell", () => {
    const examples = { named: { $ref: "#/components/examples/Named" }, other: { value: 1 } };
    const sample = sampleOf({ requestBody: { content: { "application/json": { examples } } } });
    expect(sample).toContain("-H 'Content-Type: application/json'");
    expect(sample).toContain(`-d '{\n  "name": "D'\\''Arcy"\n}'`);
  });
});
