import { Pool } from "undici";

/**
 * One pool of keep-alive connections for each origin that policies call. Closing waits for the calls under way.
 */
export class BackendPools {
  readonly #pools = new Map<string, Pool>();

  /** @param origin scheme, host and port: `http://127.0.0.1:7071` */
  pool(origin: string): Pool {
    let pool = this.#pools.get(origin);
    if (pool === undefined) {
      pool = new Pool(origin, { connections: 256, pipelining: 1, connect: { timeout: 10_000 } });
      this.#pools.set(origin, pool);
    }
    return pool;
  }

  /** Cuts what is still under way: whoever drains first waits for its own requests. */
  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
  }
}
