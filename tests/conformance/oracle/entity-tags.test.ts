import { expect, it } from "@jest/globals";
import { matchesStrongly, matchesWeakly } from "./entity-tags.ts";

it.each([
  ['"1"', true, true],
  ["*", true, true],
  ['W/"1"', false, true],
  ['"7", "1"', true, true],
  ['"7","8"', false, false],
  ['"a,"', false, false],
  ['"01"', false, false],
  ['W/"7" ,\t"1"', true, true],
  ['""', false, false],
])('%s names the version "1": strongly %p, weakly %p', (condition, strongly, weakly) => {
  expect(matchesStrongly(condition, '"1"')).toBe(strongly);
  expect(matchesWeakly(condition, '"1"')).toBe(weakly);
});

it("nothing has no version", () => {
  for (const condition of ["*", '"1"']) {
    expect(matchesStrongly(condition, null)).toBe(false);
    expect(matchesWeakly(condition, null)).toBe(false);
  }
});
