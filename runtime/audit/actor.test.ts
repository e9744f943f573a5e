import { describe, expect, it } from "@jest/globals";
import { fakeRequest } from "../testing/fake-request.ts";
import { actorOf, purposeOf } from "./actor.ts";

const actor = (headers: Record<string, string>) => actorOf(fakeRequest({ headers }));

describe("actorOf", () => {
  it("is whom the gateway names", () => {
    expect(
      actor({
        "X-Specimen-Subscription": "partner-1",
        "x-specimen-product": "partner",
        "x-specimen-client": "0f8f-app",
      }),
    ).toEqual({ subscription: "partner-1", product: "partner", client: "0f8f-app" });
    expect(actor({ "x-specimen-subscription": "s" })).toEqual({ subscription: "s" });
  });

  it("is a direct call without the gateway's name, whatever else is claimed", () => {
    const direct = { subscription: "direct:function-key" };
    expect(actor({})).toEqual(direct);
    expect(actor({ "x-specimen-product": "partner", "x-specimen-client": "c" })).toEqual(direct);
  });

  it.each(["", "a b", "a,\tb", "é", "x".repeat(129)])("does not believe the name %j", (value) => {
    expect(actor({ "x-specimen-subscription": value })).toEqual({ subscription: "direct:function-key" });
    expect(actor({ "x-specimen-subscription": "s", "x-specimen-product": value })).toEqual({
      subscription: "s",
    });
  });
});

describe("purposeOf", () => {
  it("is the valid request's", () => {
    expect(purposeOf({ headers: { "x-purpose-of-use": "TREAT" } })).toBe("TREAT");
    expect(purposeOf({ headers: {} })).toBeUndefined();
  });

  it("is none of a request that was refused", () => {
    expect(purposeOf(null)).toBeUndefined();
  });
});
