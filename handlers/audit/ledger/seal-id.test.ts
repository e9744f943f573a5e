import { randomBytes } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { referenceOf, sealId, unsealId } from "./seal-id.ts";
import { sameRecord } from "./sealed-text.ts";
import { subjectReference } from "./subject-keys.ts";

const key = () => ({ encryption: randomBytes(32), iv: randomBytes(32) });
const ID = "0198c0de-0000-7000-8000-0000000000f1";
const REFERENCE = subjectReference("a hash key", ID);

describe("a sealed id", () => {
  it("is the same text each time, and opens with its key alone", () => {
    const own = key();
    const sealed = sealId(ID, REFERENCE, own);
    expect(sealId(ID, REFERENCE, own)).toBe(sealed);
    expect(sealed).not.toContain(ID);
    expect(unsealId(sealed, own)).toBe(ID);
    expect(unsealId(sealed, key())).toBeUndefined();
    expect(referenceOf(sealed)).toBe(REFERENCE);
  });

  it.each(["x", "", "ä".repeat(64), "enc.a.b", '"quoted"', "\\"])("holds %j", (id) => {
    const own = key();
    expect(unsealId(sealId(id, REFERENCE, own), own)).toBe(id);
  });

  it("is not opened when it was changed, or passed off as another subject's", () => {
    const own = key();
    const sealed = sealId(ID, REFERENCE, own);
    const other = subjectReference("a hash key", "another");
    expect(unsealId(sealed.replace(REFERENCE, other), own)).toBeUndefined();
    const [, , text = ""] = sealed.split(".");
    for (const position of [0, 20, 60]) {
      const bytes = Buffer.from(text, "base64url");
      bytes[position] = (bytes[position] ?? 0) ^ 1;
      expect(unsealId(`enc.${REFERENCE}.${bytes.toString("base64url")}`, own)).toBeUndefined();
    }
    for (const hostile of ["", "enc.", "enc..", ID, `enc.${REFERENCE}.AAAA`, `${sealed}.x`])
      expect(unsealId(hostile, own)).toBeUndefined();
  });

  it("has a reference that does not depend on the case of the id, but on the hash key", () => {
    expect(subjectReference("a hash key", ID.toUpperCase())).toBe(REFERENCE);
    expect(subjectReference("another hash key", ID)).not.toBe(REFERENCE);
    expect(REFERENCE).toMatch(/^[\w-]{22}$/);
  });
});

describe("sameRecord", () => {
  const text = (sealed: string, more = "") => JSON.stringify({ patientId: sealed, purpose: `TREAT${more}` });

  it("does not mind another key of the same subject", () => {
    const [one, other] = [sealId(ID, REFERENCE, key()), sealId(ID, REFERENCE, key())];
    expect(one).not.toBe(other);
    expect(sameRecord(text(one), text(other))).toBe(true);
  });

  it("minds another subject, and anything else", () => {
    const own = key();
    const another = sealId(ID, subjectReference("a hash key", "another"), own);
    expect(sameRecord(text(sealId(ID, REFERENCE, own)), text(another))).toBe(false);
    expect(sameRecord(text("a"), text("a", "x"))).toBe(false);
    // Within a text that a client has written it is not a sealed id.
    const quoted = (tail: string) => text(`say "enc.${REFERENCE}.${tail.repeat(40)}"`);
    expect(sameRecord(quoted("A"), quoted("B"))).toBe(false);
  });
});
