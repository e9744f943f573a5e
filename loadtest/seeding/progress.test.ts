import { describe, expect, it } from "@jest/globals";
import { createProgress } from "./progress.ts";

function run(isTTY: boolean, total: number): string {
  let text = "";
  const progress = createProgress({ isTTY, write: (more) => (text += more) }, total, "patients");
  for (let count = 0; count < total; count += 1) progress.advance();
  progress.end();
  return text;
}

describe("createProgress", () => {
  it("writes in place on a terminal", () => {
    expect(run(true, 2)).toBe("\r1 of 2 patients (50 %)\r2 of 2 patients (100 %)\n");
  });

  it("writes a line at each tenth elsewhere", () => {
    const lines = run(false, 1000).trimEnd().split("\n");
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe("100 of 1000 patients (10 %)");
    expect(lines[9]).toBe("1000 of 1000 patients (100 %)");
  });

  it("does not write more often than there are steps", () => {
    expect(run(false, 3).trimEnd().split("\n")).toHaveLength(3);
    expect(run(true, 100_000).split("\r")).toHaveLength(101);
  });
});
