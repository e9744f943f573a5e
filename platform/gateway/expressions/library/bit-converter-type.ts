import { toNumber } from "../runtime/number.ts";
import { raise } from "../runtime/thrown.ts";
import { defineType } from "../types/type-definition.ts";

/** `System.BitConverter`, little-endian as on the gateway. */
export const BIT_CONVERTER_TYPE = defineType("static System.BitConverter", {
  statics: {
    "string ToString(byte[] bytes)": (bytes: Uint8Array) =>
      Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join("-"),
    "byte[] GetBytes(int value)": (value: unknown) => int32(toNumber(value)),
    "byte[] GetBytes(long value)": (value: bigint) => {
      const bytes = new Uint8Array(8);
      new DataView(bytes.buffer).setBigInt64(0, value, true);
      return bytes;
    },
    "int ToInt32(byte[] bytes, int start)": (bytes: Uint8Array, start: number) =>
      view(bytes, start, 4).getInt32(0, true),
    "long ToInt64(byte[] bytes, int start)": (bytes: Uint8Array, start: number) =>
      view(bytes, start, 8).getBigInt64(0, true),
  },
});

function int32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value, true);
  return bytes;
}

function view(bytes: Uint8Array, start: number, width: number): DataView {
  if (start < 0 || start + width > bytes.length) {
    raise(
      "ArgumentException",
      "Destination array is not long enough to copy all the items in the collection.",
    );
  }
  return new DataView(bytes.buffer, bytes.byteOffset + start, width);
}
