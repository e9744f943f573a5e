import { expect, it } from "@jest/globals";
import { progress } from "./progress.ts";

it("reports a long run now and then, and a short one never", () => {
  let [now, records] = [0, 0];
  const printed: string[] = [];
  const onLine = progress({
    records: () => records,
    print: (text) => printed.push(text),
    elapsed: () => now,
  });
  for (const [time, count] of [
    [4_999, 400_000],
    [5_000, 500_000],
    [9_000, 900_000],
    [10_000, 1_500_000],
  ] as const) {
    [now, records] = [time, count];
    onLine();
  }
  expect(printed).toEqual([
    "500,000 records in 5 s, 100,000 records/s",
    "1,500,000 records in 10 s, 200,000 records/s",
  ]);
});
