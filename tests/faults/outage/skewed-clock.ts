import { openSync, readSync } from "node:fs";

/**
 * Loaded before everything else (`node --import`), gives a process another time: the machine's, and as many milliseconds as
 * the file that `CLOCK_FILE` names says (a double, little-endian). The file may change at any time, as a clock may.
 */
const file = openSync(process.env.CLOCK_FILE ?? "", "r");
const bytes = Buffer.alloc(8);
const RealDate = Date;

function skewedNow(): number {
  readSync(file, bytes, 0, bytes.length, 0);
  return RealDate.now() + bytes.readDoubleLE();
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length > 0 ? given : [skewedNow()], newTarget) as object,
  apply: () => new RealDate(skewedNow()).toString(),
  get: (target, name): unknown => (name === "now" ? skewedNow : Reflect.get(target, name)),
});
