import { describe, expect, it } from "@jest/globals";
import { CANARY, CANARY_BIRTH, CANARY_POST_CODE, leaksIn } from "./canary.ts";

describe("leaksIn", () => {
  it.each([CANARY, CANARY.toUpperCase(), CANARY_POST_CODE, CANARY_BIRTH])(
    "finds %s, plain or encoded",
    (canary) => {
      expect(leaksIn(`{"id":"x${canary}y"}`)).not.toEqual([]);
      expect(leaksIn(`?lastName=${encodeURIComponent(canary)}`)).not.toEqual([]);
      expect(leaksIn(Buffer.from(canary.toLowerCase()).toString("hex"))).not.toEqual([]);
    },
  );

  it.each(["", "a", "ab", "abc"])("finds it in base64 behind %j", (before) => {
    const bytes = Buffer.from(`${before}${CANARY}\u{ff}\u{3ff}`);
    expect(leaksIn(bytes.toString("base64"))).not.toEqual([]);
    expect(leaksIn(bytes.toString("base64url"))).not.toEqual([]);
  });

  it("finds nothing in what may be kept", () => {
    expect(leaksIn('{"id":"0198c0de-0000-7000-8000-000000000001:intent","patientId":"canary"}')).toEqual([]);
  });
});
