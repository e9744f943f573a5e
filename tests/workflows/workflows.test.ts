import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";

const project = join(import.meta.dirname, "../..");
const folder = join(project, ".github/workflows");
const { scripts } = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly "timeout-minutes"?: number;
  readonly permissions?: Record<string, string>;
  readonly needs?: string | string[];
  readonly outputs?: Record<string, string>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly name: string;
  readonly on: Record<string, unknown>;
  readonly permissions?: Record<string, string>;
  readonly concurrency?: unknown;
  readonly jobs: Record<string, Job>;
}

const workflows = globSync("*.yml", { cwd: folder })
  .sort()
  .map((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    return { file, text, workflow: parse(text) as Workflow };
  });

describe("the workflows", () => {
  it("are there", () => {
    expect(workflows.map(({ file }) => file)).toEqual(
      expect.arrayContaining(["ci.yml", "contract.yml", "deploy.yml"]),
    );
  });

  it.each(workflows)("$file calls scripts that package.json has", ({ text }) => {
    const called = [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, script = ""]) => script);
    expect(called.filter((script) => scripts[script] === undefined)).toEqual([]);
  });

  it.each(workflows)(
    "$file pins its actions, bounds its jobs, and may do no more than it says",
    ({ workflow }) => {
      expect(workflow.permissions).toEqual({ contents: "read" });
      expect(workflow.concurrency).toBeDefined();
      for (const job of Object.values(workflow.jobs)) {
        expect(job["timeout-minutes"]).toBeGreaterThan(0);
        for (const { uses } of job.steps)
          if (uses !== undefined) expect(uses).toMatch(/^[\w.-]+\/[\w./-]+@v\d+$/);
      }
    },
  );

  it.each(workflows)("$file reads of other jobs and steps what they give", ({ text, workflow }) => {
    for (const [, job = "", output = ""] of text.matchAll(/needs\.([\w-]+)\.outputs\.([\w-]+)/g))
      expect(Object.keys(workflow.jobs[job]?.outputs ?? {})).toContain(output);
    const ids = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ id }) => id ?? []));
    for (const [, step = ""] of text.matchAll(/\bsteps\.([\w-]+)\./g)) expect(ids).toContain(step);
  });
});

describe("deploy.yml", () => {
  const deploy = workflows.find(({ file }) => file === "deploy.yml");

  it("signs in without a stored secret", () => {
    expect(deploy?.text).not.toMatch(/\bsecrets\./);
    for (const { permissions } of Object.values(deploy?.workflow.jobs ?? {}))
      expect(permissions).toEqual({ contents: "read", "id-token": "write" });
  });

  it("offers every environment that is in Azure", () => {
    const offered = JSON.stringify(deploy?.workflow.on);
    for (const name of ["dev", "test", "prod"]) expect(offered).toContain(`"${name}"`);
  });

  it("puts nothing that somebody typed into a shell", () => {
    for (const { steps } of Object.values(deploy?.workflow.jobs ?? {}))
      for (const { run } of steps) expect(run ?? "").not.toContain("${{");
  });

  it("applies nothing but what another job has planned", () => {
    const { plan, apply } = deploy?.workflow.jobs ?? {};
    expect(apply?.needs).toBe("plan");
    const runs = (job: Job | undefined) => (job?.steps ?? []).flatMap(({ run }) => run ?? []).join("\n");
    expect(runs(plan)).toContain("--plan-only");
    expect(runs(plan)).not.toContain("--apply");
    for (const [line] of runs(apply).matchAll(/.*--stack .*/g)) expect(line).toContain('--apply "$PLANS"');
  });
});
