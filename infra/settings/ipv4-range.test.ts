import { expect, test } from "@jest/globals";
import { formatIpv4Range, parseIpv4Range, sizeOf } from "./ipv4-range.ts";

test.each(["10.0.0.0/22", "0.0.0.0/0", "255.255.255.255/32", "172.16.128.0/17"])(
  "%s reads and writes itself",
  (text) => {
    const range = parseIpv4Range(text);
    expect(range && formatIpv4Range(range)).toBe(text);
  },
);

test.each([
  "10.0.0.1/22",
  "10.0.0.0/33",
  "10.0.0.256/32",
  "010.0.0.0/22",
  "10.0.0.0",
  "10.0.0.0/022",
  "::/8",
  " 10.0.0.0/22",
])("%s is no range", (text) => {
  expect(parseIpv4Range(text)).toBeUndefined();
});

test("a range has as many addresses as its bits leave", () => {
  expect(sizeOf({ bits: 22 })).toBe(1024);
});
