import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";

const root = path.dirname(import.meta.dirname);
const journeys = path.join(import.meta.dirname, "journeys");
const sources = readdirSync(journeys).filter((file) => file.endsWith(".py"));
const text = (file: string) => readFileSync(file, "utf8");

interface Contract {
  paths: Record<string, Record<string, { operationId?: string; "x-internal"?: boolean }>>;
}

function publicOperations(): string[] {
  const contracts = ["patient", "audit"].map(
    (api) => parse(text(path.join(root, `openapi/${api}.yaml`))) as Contract,
  );
  const operations = contracts.flatMap(({ paths }) =>
    Object.values(paths).flatMap((item) => Object.values(item)),
  );
  return operations
    .filter((operation) => operation["x-internal"] !== true)
    .flatMap(({ operationId }) => operationId ?? [])
    .sort();
}

describe("the load journeys", () => {
  it("call every operation of the gateway", () => {
    const calls = sources.map((file) => text(path.join(journeys, file))).join("\n");
    const called = new Set([...calls.matchAll(/call\("([a-z]\w+)"/gi)].map(([, operation]) => operation));
    expect([...called].sort()).toEqual(publicOperations());
  });

  it("demand an answer from every operation of the gateway", () => {
    const list = /OPERATIONS = \(([^)]*)\)/.exec(text(path.join(journeys, "thresholds.py")))?.[1] ?? "";
    expect([...list.matchAll(/"(\w+)"/g)].map(([, operation]) => operation).sort()).toEqual(
      publicOperations(),
    );
  });
});

describe("azure-load-test.yaml", () => {
  it("lists every file that the journeys need", () => {
    const { configurationFiles } = parse(text(path.join(import.meta.dirname, "azure-load-test.yaml"))) as {
      configurationFiles: string[];
    };
    const data = readdirSync(path.join(import.meta.dirname, "data")).map((file) => `data/${file}`);
    const needed = ["requirements.txt", "locust.conf", ...sources.map((file) => `journeys/${file}`), ...data];
    expect([...configurationFiles].sort()).toEqual(needed.sort());
  });
});
