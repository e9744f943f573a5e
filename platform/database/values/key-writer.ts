/** Collects the bytes of a key; every method keeps the order of its argument under `memcmp`. */
export class KeyWriter {
  #buffer = Buffer.allocUnsafe(128);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  byte(value: number): this {
    this.#reserve(1);
    this.#buffer[this.#length++] = value;
    return this;
  }

  bytes(value: Uint8Array): this {
    this.#reserve(value.byteLength);
    this.#buffer.set(value, this.#length);
    this.#length += value.byteLength;
    return this;
  }

  uint32(value: number): this {
    this.#reserve(4);
    this.#length = this.#buffer.writeUInt32BE(value >>> 0, this.#length);
    return this;
  }

  /** Sign flipped for positive numbers, all bits for negative ones; -0 is 0, NaN is below every number. */
  double(value: number): this {
    this.#reserve(8);
    const start = this.#length;
    if (Number.isNaN(value)) this.#buffer.fill(0, start, start + 8);
    else {
      this.#buffer.writeDoubleBE(value + 0, start);
      if ((this.#buffer[start] ?? 0) >= 0x80) this.#invert(start, start + 8);
      else this.#buffer[start] = (this.#buffer[start] ?? 0) | 0x80;
    }
    this.#length += 8;
    return this;
  }

  /** UTF-8, where the byte 0 becomes 0 255; ended by 0 0, so that a prefix sorts first. */
  text(value: string): this {
    const bytes = Buffer.from(value);
    if (!bytes.includes(0)) return this.bytes(bytes).byte(0).byte(0);
    for (const byte of bytes) {
      this.byte(byte);
      if (byte === 0) this.byte(0xff);
    }
    return this.byte(0).byte(0);
  }

  /** Turns the order of all that was written from `start` on. */
  invertFrom(start: number): void {
    this.#invert(start, this.#length);
  }

  finish(): Buffer {
    return Buffer.from(this.#buffer.subarray(0, this.#length));
  }

  #invert(start: number, end: number): void {
    for (let index = start; index < end; index++) this.#buffer[index] = ~(this.#buffer[index] ?? 0);
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + bytes));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
