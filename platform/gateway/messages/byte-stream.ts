/** A body that is still on its way. */
export interface ByteStream {
  /**
   * Reads all of it. May be called once, and not together with another way of reading.
   * @param limit most bytes that are held
   * @throws PolicyFailure when there are more, or when the sender goes away
   */
  collect(limit: number): Promise<Buffer>;
}
