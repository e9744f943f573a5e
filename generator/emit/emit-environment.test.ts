import { afterAll, describe, expect, it } from "@jest/globals";
import { emitWard } from "../fixtures/emitted.ts";
import { removeProjects } from "../fixtures/project.ts";

afterAll(removeProjects);

describe("the type of an environment", () => {
  it("has the APIs that there are", async () => {
    expect(await environmentType()).toContain('export type ApiName = "ward";');
  });

  it("wants of each deployed environment how much its apps tell", async () => {
    const type = await environmentType();
    expect(type).toContain("readonly telemetry: TelemetrySettings;");
    expect(type).toMatch(/interface TelemetrySettings \{[^}]*samplingRatio: number;[^}]*logLevel: "info"/);
  });
});

async function environmentType(): Promise<string> {
  return (await emitWard({})).get("environment.ts") ?? "";
}
