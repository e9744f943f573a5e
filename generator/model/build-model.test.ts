import { afterAll, describe, expect, it } from "@jest/globals";
import { createProject, editWard, removeProjects, type ProjectFiles } from "../fixtures/project.ts";
import { Sources } from "../load/sources.ts";
import { buildModel } from "./build-model.ts";

const build = (files: ProjectFiles = {}) => buildModel(new Sources(createProject(files)));

afterAll(removeProjects);

describe("buildModel", () => {
  it("reads an API, how the gateway publishes it, and what is bound to it", () => {
    const { apis, products } = build();
    const [ward] = apis;
    expect(ward).toMatchObject({ name: "ward", title: "Ward API", version: "1.2.3" });
    expect(ward?.gateway).toEqual({
      path: "ward",
      products: ["nurse"],
      backendKey: { secret: "ward-gateway-key", kind: "function" },
    });
    expect(ward?.operations.map(({ operationId, internal }) => [operationId, internal])).toEqual([
      ["listBeds", false],
      ["createBed", false],
      ["readBed", false],
      ["sweep", true],
    ]);
    expect(products.map(({ id }) => id)).toEqual(["nurse"]);
  });

  it("reads an operation with its path's parameters, names of headers in lower case", () => {
    const read = build().apis[0]?.operations[2];
    expect(read).toMatchObject({
      method: "GET",
      path: "/ward/beds/{bedId}",
      invalidPathStatus: 400,
      body: null,
    });
    expect(read?.audit).toEqual({
      action: "read",
      resource: "bed",
      id: "$request.path.bedId",
      subject: null,
    });
    expect(read?.parameters).toMatchObject([
      { name: "bedId", in: "path", required: true, type: "string", array: false },
      { name: "if-none-match", in: "header", required: false, type: "string", array: false },
    ]);
    expect(
      read?.responses.map(({ status, origin, content }) => [status, origin, content?.contentType]),
    ).toEqual([
      ["200", "handler", "application/json"],
      ["304", "handler", undefined],
      ["404", "problem", "application/problem+json"],
    ]);
  });

  it("leaves out what only the gateway answers", () => {
    const gateways =
      "{ description: No., content: { application/json: { schema: { $ref: shared/schemas.yaml#/GatewayError } } } }";
    const files = editWard(
      '"304": { description: Not modified. }',
      `"304": { description: Not modified. }\n        "418": ${gateways}`,
    );
    expect(build(files).apis[0]?.operations[2]?.responses.map(({ status }) => status)).toEqual([
      "200",
      "304",
      "404",
    ]);
  });

  it("publishes nothing of an API whose every operation is internal", () => {
    const contract = `openapi: 3.1.0\ninfo: { title: A, version: "1" }\npaths:\n  /a:\n    post:\n      operationId: doIt\n      x-internal: true\n      responses: { "204": { description: Done. } }\n`;
    expect(build({ "openapi/ward.yaml": contract }).apis[0]?.gateway).toBeNull();
  });

  it.each([
    [
      "a duplicate operationId",
      "operationId: sweep",
      "operationId: listBeds",
      "contract/duplicate-operation-id",
    ],
    [
      "operationIds that differ in case only",
      "operationId: sweep",
      "operationId: listbeds",
      "contract/duplicate-operation-id",
    ],
    ["an operationId that is none", "operationId: sweep", "operationId: Sweep it", "contract/operation-id"],
    ["no operationId", "      operationId: sweep\n", "", "contract/operation-id"],
    [
      "an unknown policy",
      "rate-limit: { calls",
      "rate-limits: { calls",
      "policy/unknown-fragment  there is no fragment rate-limits; known: backend-key, forward, rate-limit",
    ],
    [
      "an unknown parameter of a policy",
      "{ calls:",
      "{ call: 1, calls:",
      "policy/unknown-parameter  rate-limit has no parameter call; known: calls, renewal-period",
    ],
    [
      "a missing parameter of a policy",
      '{ calls: "{{bed-calls}}" }',
      "{}",
      "policy/missing-parameter  rate-limit needs the parameter calls",
    ],
    [
      "policies that are no list",
      'x-apim-policies:\n        - rate-limit: { calls: "{{bed-calls}}" }',
      "x-apim-policies: rate-limit",
      "policy/form",
    ],
    ["a policy with a list as its value", '"{{bed-calls}}"', "[1]", "policy/form"],
    [
      "a missing x-audit",
      "      x-audit: { action: create, resource: bed, id: $new }\n",
      "",
      "audit/missing  createBed has no x-audit",
    ],
    ["an x-audit of no known action", "action: create", "action: make", "audit/form"],
    ["an x-audit that points nowhere", "id: $request.path.bedId", "id: $request.path.id", "audit/expression"],
    [
      "an x-audit of a body that is not sent",
      "id: $request.path.bedId",
      "id: $request.body#/id",
      "audit/expression",
    ],
    ["a public operation without security", "security:\n  - subscriptionKey: []\n", "", "security/missing"],
    [
      "security that no policy enforces",
      "  - subscriptionKey: []",
      "  - subscriptionKey: []\n    oauth: []",
      "security/not-enforced",
    ],
    [
      "anonymous access",
      "  - subscriptionKey: []",
      "  - subscriptionKey: []\n  - {}",
      "security/not-enforced",
    ],
    ["a key in another header", "name: Ocp-Apim-Subscription-Key", "name: X-Key", "security/not-enforced"],
    [
      "an unknown product",
      "[nurse]",
      "[nurse, doctor]",
      "apim/products  there is no apim-policies/products/doctor.xml",
    ],
    ["no product", "x-apim-products: [nurse]\n", "", "apim/products"],
    [
      "a required query parameter",
      "name: floor\n",
      "name: floor\n          required: true\n",
      "apim/required-query-parameter",
    ],
    ["public paths of two beginnings", "/ward/beds/{bedId}:", "/bed/{bedId}:", "apim/path"],
    [
      "a path parameter that is not declared",
      "/ward/beds/{bedId}:",
      "/ward/beds/{bed}:",
      "contract/path-parameter",
    ],
    ["a cookie", "in: header\n", "in: cookie\n", "contract/parameter"],
    [
      "a parameter that is an object",
      "{ type: integer, minimum: 0, maximum: 9 }",
      "{ type: object }",
      "contract/parameter-type",
    ],
    [
      "x-invalid-status of another status",
      "x-invalid-status: 400",
      "x-invalid-status: 418",
      "contract/invalid-status",
    ],
    [
      "path parameters that disagree",
      "        schema: { $ref: shared/schemas.yaml#/Id }\n    get",
      "        schema: { $ref: shared/schemas.yaml#/Id }\n      - { name: x, in: path, required: true, schema: { type: string } }\n    get",
      "contract/invalid-status",
    ],
    [
      "a policy of an internal operation",
      "      x-internal: true\n",
      "      x-internal: true\n      x-apim-policies: []\n",
      "policy/internal",
    ],
    ["a body limit that is none", "x-max-bytes: 1000", "x-max-bytes: -1", "contract/max-bytes"],
    [
      "a handler's answer of any status",
      '"304": { description',
      "default: { description",
      "contract/response",
    ],
  ])("refuses %s with one line", (_what, search, replacement, finding) => {
    expect(() => build(editWard(search, replacement))).toThrow(`  error  ${finding}`);
    expect(() => build(editWard(search, replacement))).toThrow(/^openapi\/ward\.yaml:\d+:\d+ {2}error/);
  });

  it("says in which line", () => {
    expect(() => build(editWard("operationId: sweep", "operationId: listBeds"))).toThrow(
      "openapi/ward.yaml:84:7  error  contract/duplicate-operation-id  listBeds is taken by the operation of line 13",
    );
    expect(() => build(editWard("[nurse]", "[nurse, doctor]"))).toThrow(
      "openapi/ward.yaml:7:1  error  apim/products",
    );
  });

  it("needs the shared GatewayError, and the fragment that fetches the app's key", () => {
    const schemas = "Id: { type: string }\nProblem: { type: object }\n";
    expect(() => build({ "openapi/shared/schemas.yaml": schemas })).toThrow("contract/gateway-error");
    expect(() => build({ "apim-policies/fragments/backend-key.xml": null })).toThrow(
      "policy/unknown-fragment",
    );
  });

  it("refuses a policy document that is none", () => {
    const global = "apim-policies/global.xml";
    expect(() => build({ [global]: null })).toThrow(`${global}:1:1  error  load/missing`);
    expect(() => build({ [global]: "<policies>\n<inbound></policies>" })).toThrow(`${global}:2:`);
    expect(() => build({ [global]: "<policies><inbuond /></policies>" })).toThrow(
      "policy/document  <inbuond>",
    );
    expect(() => build({ [global]: "<policies><inbound /><inbound /></policies>" })).toThrow(
      "is there twice",
    );
    expect(() => build({ [global]: '<!DOCTYPE x [<!ENTITY a "b">]><policies>&a;</policies>' })).toThrow(
      "xml/syntax",
    );
  });
});
