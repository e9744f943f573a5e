import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { applyPlans, deployAll, planStacks } from "./deploy.ts";
import type { Deployer } from "./deploy.ts";
import { StepError } from "./steps.ts";
import { openTerraform } from "./terraform.ts";
import { fakeTerraform, removeFakes } from "./testing/fake-terraform.ts";
import type { FakeBehaviour } from "./testing/fake-terraform.ts";

afterAll(removeFakes);

const SECRET = "canary-of-a-secret";

async function world(behaviour: FakeBehaviour = {}, changes: Partial<Deployer> = {}) {
  const fake = fakeTerraform(behaviour);
  const done: string[] = [];
  const own = (step: string) => () => Promise.resolve(void done.push(step));
  const said: string[] = [];
  const dataDirectory = join(fake.directory, "data");
  const deployer: Deployer = {
    environment: "dev",
    state: { storageAccount: "account", container: "container" },
    stacks: fake.stacks,
    terraform: await openTerraform({ program: fake.program, dataDirectory, output: "hide" }),
    lockFile: join(fake.directory, "terraform.lock.hcl"),
    planDirectory: join(fake.directory, "plans"),
    own: { code: own("code"), keys: own("keys"), smoke: own("smoke") },
    confirm: () => Promise.resolve(true),
    say: (line) => void said.push(line),
    ...changes,
  };
  return {
    fake,
    deployer,
    done,
    said,
    commands: () => fake.calls().map((call) => call.split(" ", 2).join(" ")),
  };
}

const planned = (stack: string) => [`${stack} init`, `${stack} plan`, `${stack} show`, `${stack} show`];

describe("planStacks", () => {
  it("plans each stack in order, and keeps the plans where only their owner reads them", async () => {
    const { fake, deployer, said } = await world();
    await planStacks(deployer);
    const stack = (name: string) => [
      `${name} init -input=false -reconfigure`,
      `${name} plan -input=false -lock-timeout=5m -detailed-exitcode -out=${name}.tfplan`,
      `${name} show -no-color ${name}.tfplan`,
      `${name} show -json ${name}.tfplan`,
    ];
    expect(fake.calls()).toEqual(["foundation", "services", "gateway"].flatMap(stack));
    expect(statSync(deployer.planDirectory).mode & 0o077).toBe(0);
    expect(readFileSync(join(deployer.planDirectory, "gateway.txt"), "utf8")).toBe("Plan of gateway\n");
    expect(readFileSync(join(deployer.planDirectory, "services.lock.hcl"), "utf8")).toBe("locked\n");
    expect(said.at(-1)).toContain("--apply");
  });

  it("stops behind a stack that changes what the others read", async () => {
    const { deployer, commands, said } = await world({ outputs: ["foundation"] });
    await planStacks(deployer);
    expect(commands()).toEqual(planned("foundation"));
    const record: unknown = JSON.parse(readFileSync(join(deployer.planDirectory, "plan.json"), "utf8"));
    expect(record).toMatchObject({
      environment: "dev",
      state: deployer.state,
      waiting: ["services", "gateway"],
    });
    expect(said).toContain(
      "services: not planned, because it reads what foundation is about to change: apply that, then plan",
    );
  });

  it("stops at a plan that fails, and says what to do", async () => {
    const { deployer, commands } = await world({ codes: { "services plan": 1 } });
    const failure = await planStacks(deployer).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StepError);
    expect(failure).toMatchObject({
      message: expect.stringMatching(/^services: .*terraform plan ended with code 1\.$/),
      advice: expect.stringContaining("Nothing of services was changed."),
    });
    expect(commands().some((call) => call.startsWith("gateway"))).toBe(false);
    await expect(applyPlans(deployer)).rejects.toThrow("there are no plans");
  });

  it("uses the provider's builds that the project has chosen, and no others", async () => {
    const { fake, deployer } = await world();
    writeFileSync(deployer.lockFile, "chosen\n");
    await planStacks(deployer, ["services"]);
    expect(fake.calls()[0]).toBe("services init -input=false -reconfigure -lockfile=readonly");
    expect(readFileSync(join(deployer.planDirectory, "services.lock.hcl"), "utf8")).toBe("chosen\n");
  });
});

describe("applyPlans", () => {
  it("applies the saved plans alone, with code and keys between services and gateway, and smoke last", async () => {
    const { fake, deployer, done, said } = await world();
    await planStacks(deployer);
    const before = fake.calls().length;
    await applyPlans(deployer);
    const stack = (name: string) => [
      `${name} init -input=false -reconfigure -lockfile=readonly`,
      `${name} apply -input=false -lock-timeout=5m ${name}.tfplan`,
    ];
    expect(fake.calls().slice(before)).toEqual(["foundation", "services", "gateway"].flatMap(stack));
    expect(done).toEqual(["code", "keys", "smoke"]);
    const order = said.filter((line) => /: (apply|begin)$/.test(line)).map((line) => line.split(":")[0]);
    expect(order).toEqual(["foundation", "services", "code", "keys", "gateway", "smoke"]);
  });

  it("applies a first deployment's foundation, and leaves the rest to the next planning", async () => {
    const { deployer, commands, done, said } = await world({ outputs: ["foundation"] });
    await planStacks(deployer);
    await applyPlans(deployer);
    expect(commands().at(-1)).toBe("foundation apply");
    expect(done).toEqual([]);
    expect(said).toContain("gateway: waits to be planned, and applied");
  });

  it("leaves a stack alone that has nothing to change, and publishes the code all the same", async () => {
    const { deployer, commands, done } = await world({ codes: { "services plan": 0 } });
    await planStacks(deployer, ["services"]);
    await applyPlans(deployer);
    expect(commands()).not.toContain("services apply");
    expect(done).toEqual(["code", "keys"]);
  });

  it("takes the chosen stacks alone", async () => {
    const { deployer, commands, done } = await world();
    await planStacks(deployer);
    await applyPlans(deployer, ["gateway"]);
    expect(commands().filter((call) => call.endsWith("apply"))).toEqual(["gateway apply"]);
    expect(done).toEqual([]);
  });

  it("stops at an apply that fails", async () => {
    const { deployer, commands, done } = await world({ codes: { "services apply": 1 } });
    await planStacks(deployer);
    await expect(applyPlans(deployer)).rejects.toMatchObject({
      message: expect.stringContaining("apply ended with code 1"),
      advice: expect.stringContaining("plan again"),
    });
    expect(commands().at(-1)).toBe("services apply");
    expect(done).toEqual([]);
  });

  it("refuses plans of another commit, of another environment, and such as were exchanged", async () => {
    const { fake, deployer, commands } = await world();
    await planStacks(deployer);
    const other = deployer.stacks.map((stack) => ({ ...stack, digest: "another" }));
    await expect(applyPlans({ ...deployer, stacks: other })).rejects.toThrow("was made from another commit");
    await expect(applyPlans({ ...deployer, environment: "prod" })).rejects.toThrow(
      "are for dev, not for prod",
    );
    writeFileSync(join(deployer.planDirectory, "gateway.tfplan"), "another plan");
    await expect(applyPlans(deployer)).rejects.toThrow("is not the plan that was made");
    expect(commands().some((call) => call.endsWith("apply"))).toBe(false);
    const empty = join(fake.directory, "empty");
    mkdirSync(empty);
    writeFileSync(join(empty, "plan.json"), "{}");
    await expect(applyPlans({ ...deployer, planDirectory: empty })).rejects.toThrow("Plan again");
  });
});

describe("deployAll", () => {
  it("goes stack by stack, planning each when those before it are applied", async () => {
    const { deployer, commands, done } = await world({ outputs: ["foundation", "services"] });
    await deployAll(deployer);
    const applied = (stack: string) => [...planned(stack), `${stack} init`, `${stack} apply`];
    expect(commands()).toEqual(["foundation", "services", "gateway"].flatMap(applied));
    expect(done).toEqual(["code", "keys", "smoke"]);
  });

  it("applies nothing that was not confirmed", async () => {
    const { deployer, commands } = await world({}, { confirm: () => Promise.resolve(false) });
    await expect(deployAll(deployer)).rejects.toThrow("foundation: was not applied.");
    expect(commands()).toEqual(planned("foundation"));
  });

  it("tells what to do when a step of its own fails, and goes no further", async () => {
    const { deployer, commands } = await world();
    const code = () => Promise.reject(new Error("the site is away"));
    const failing = { ...deployer, own: { ...deployer.own, code } };
    await expect(deployAll(failing)).rejects.toMatchObject({
      message: "code: the site is away.",
      advice: expect.stringContaining("--step code"),
    });
    expect(commands().some((call) => call.startsWith("gateway"))).toBe(false);
  });

  it("puts no secret on a command line, and leaves Terraform nothing to ask", async () => {
    process.env.SPECIMEN_PARTNER_KEY = SECRET;
    process.env.ARM_OIDC_TOKEN = SECRET;
    try {
      const { fake, deployer } = await world();
      await deployAll(deployer);
      expect(fake.rawCalls()).not.toContain(SECRET);
      const asking = fake.calls().filter((call) => / (init|plan|apply) /.test(call));
      expect(asking.every((call) => call.includes(" -input=false"))).toBe(true);
    } finally {
      delete process.env.SPECIMEN_PARTNER_KEY;
      delete process.env.ARM_OIDC_TOKEN;
    }
  });
});
