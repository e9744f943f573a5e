import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { buildPortal } from "./build-portal.ts";
import { externalResources } from "./seal-page.ts";

const operation = (operationId: string) => ({
  operationId,
  summary: operationId,
  "x-audit": { action: "read" },
  responses: { "200": { description: "Yes." } },
});

const document = {
  openapi: "3.1.0",
  info: { title: "Shop & <Co>", version: "1.2.3", summary: "A shop.", description: "All about it." },
  servers: [{ url: "/" }],
  paths: {
    "/shop": {
      get: operation("readShop"),
      delete: { ...operation("closeShop"), "x-internal": true },
    },
  },
};

const manifest = {
  apis: [
    { name: "shop", document: "shop/openapi.json", operations: [{ internal: false }, { internal: true }] },
    { name: "vault", document: "vault/openapi.json", operations: [{ internal: true }] },
  ],
};

const errors =
  "# Errors\n\nSee [the gateway](#of-the-gateway).\n\n## no-luck\n\n- Status: 404\n- Title: No <luck>\n\nWhy.\n\n## Of the gateway\n\nMore.\n";

let directory = "";
let output = "";

function build() {
  return buildPortal({
    generatedDirectory: path.join(directory, "generated"),
    errorsFile: path.join(directory, "errors.md"),
    outputDirectory: output,
  });
}

const page = (file: string) => readFile(path.join(output, file), "utf8");

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), "portal-test-"));
  output = path.join(directory, "deep/portal");
  await mkdir(path.join(directory, "generated/shop"), { recursive: true });
  await writeFile(path.join(directory, "generated/manifest.json"), JSON.stringify(manifest));
  await writeFile(path.join(directory, "generated/shop/openapi.json"), JSON.stringify(document));
  await writeFile(path.join(directory, "errors.md"), errors);
  expect(await build()).toEqual({ built: true });
});

afterAll(() => rm(directory, { recursive: true }));

describe("buildPortal", () => {
  it("writes a page for each public API and each error", async () => {
    const files = (await readdir(output, { recursive: true }))
      .filter((file) => /\.(html|json)$/.test(file))
      .sort();
    expect(files).toEqual([
      "errors/index.html",
      "errors/no-luck/index.html",
      "index.html",
      "shop/index.html",
      "shop/openapi.json",
    ]);
  });

  it("writes pages that load nothing, each with a policy that says so", async () => {
    for (const file of ["index.html", "shop/index.html", "errors/index.html", "errors/no-luck/index.html"]) {
      const html = await page(file);
      expect(externalResources(html)).toEqual([]);
      expect(html.replaceAll("&#x27;", "'")).toContain(
        `http-equiv="Content-Security-Policy" content="default-src 'none'`,
      );
      expect(html).not.toMatch(/cdn\.redoc|otel\.cloud/);
    }
  });

  it("tells nothing of internal operations", async () => {
    expect(await page("shop/index.html")).not.toContain("closeShop");
    const contract = await page("shop/openapi.json");
    expect(contract).toContain("readShop");
    expect(contract).not.toMatch(/closeShop|x-audit|x-codeSamples/);
  });

  it("links the start page to references, contracts and errors, and shows a sample", async () => {
    const html = await page("index.html");
    expect(html).toContain(`<a href="/portal/shop/">Shop &amp; &lt;Co&gt;</a>`);
    expect(html).toContain(`href="/portal/shop/openapi.json"`);
    expect(html).toContain(`href="/portal/errors/"`);
    expect(html).toContain("curl -i -X GET");
  });

  it("shows the sample and the way back in the reference", async () => {
    const html = await page("shop/index.html");
    expect(html).toContain("Ocp-Apim-Subscription-Key: $KEY");
    expect(html).toContain(`/portal/errors/`);
  });

  it("explains each error, and lets the list link into itself", async () => {
    expect(await page("errors/no-luck/index.html")).toContain("<h1>No &lt;luck&gt;</h1>");
    const list = await page("errors/index.html");
    expect(list).toContain(`href="/portal/errors/no-luck/"`);
    expect(list).toContain(`<h2 id="of-the-gateway">`);
  });

  it("builds again only when an input has changed", async () => {
    const { ino } = await stat(output);
    expect(await build()).toEqual({ built: false });
    expect((await stat(output)).ino).toBe(ino);
    await writeFile(path.join(directory, "errors.md"), errors.replace("Why.", "Because."));
    expect(await build()).toEqual({ built: true });
    expect(await page("errors/no-luck/index.html")).toContain("Because.");
  });

  it("says which file is missing, and what to do", async () => {
    const options = { generatedDirectory: directory, errorsFile: "errors.md", outputDirectory: output };
    await expect(buildPortal(options)).rejects.toThrow(
      /manifest\.json: cannot be read\. Run `npm run generate` first\./,
    );
  });
});
