import { ClrValue } from "../runtime/clr-value.ts";
import { currentContext } from "../runtime/evaluation.ts";
import { double } from "../runtime/number.ts";
import { raiseOutOfRange } from "../runtime/thrown.ts";
import { defineType } from "../types/type-definition.ts";

class Random extends ClrValue {
  readonly typeName = "System.Random";
}

/** `System.Random`. A seed is taken and ignored: .NET's own sequence is not reproduced. */
export const RANDOM_TYPE = defineType("class System.Random", {
  holds: (value) => value instanceof Random,
  constructors: { "()": () => new Random(), "(int seed)": () => new Random() },
  instance: {
    "int Next()": () => below(0, 0x7fffffff),
    "int Next(int bound)": (_self: Random, bound: number) =>
      bound < 0 ? raiseOutOfRange("maxValue", "'maxValue' must be greater than zero.") : below(0, bound),
    "int Next(int least, int bound)": (_self: Random, least: number, bound: number) =>
      least > bound
        ? raiseOutOfRange("minValue", "'minValue' cannot be greater than maxValue.")
        : below(least, bound),
    "double NextDouble()": () => double(currentContext().random()),
    "void NextBytes(byte[] buffer)": (_self: Random, buffer: Uint8Array) => {
      for (let index = 0; index < buffer.length; index++) buffer[index] = below(0, 256);
    },
  },
});

/** The upper bound is exclusive, except that an empty range gives its lower bound. */
function below(least: number, bound: number): number {
  return least + Math.floor(currentContext().random() * (bound - least));
}
