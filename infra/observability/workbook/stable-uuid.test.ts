import { expect, test } from "@jest/globals";
import { stableUuid } from "./stable-uuid.ts";

test.each(["", "a", "specimen-prod-workbook"])("%j has one UUID, always the same", (text) => {
  expect(stableUuid(text)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(stableUuid(text)).toBe(stableUuid(text));
  expect(stableUuid(text)).not.toBe(stableUuid(`${text}b`));
});
