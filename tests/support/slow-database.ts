import { connect, createServer } from "node:net";
import type { Socket } from "node:net";

/** Between an app and its database: passes everything on, and holds one kind of command back when it is told to. */
export interface SlowDatabase {
  readonly uri: string;
  /** From now on, commands of the kind wait. @returns a promise of the first that does */
  hold(): Promise<true>;
  /** Lets those that wait go on, and all others pass. */
  release(): void;
  close(): Promise<void>;
}

/**
 * @param port of the database
 * @param command bytes by which the commands that can be held are known
 */
export async function slowDatabase(port: number, command: string): Promise<SlowDatabase> {
  let held = Promise.withResolvers<true>();
  let released = Promise.withResolvers<true>();
  released.resolve(true);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const database = connect(port, "127.0.0.1");
    sockets.add(client).add(database);
    database.pipe(client).on("error", () => database.destroy());
    client.on("close", () => database.destroy()).pause();
    database.on("error", () => client.destroy());
    void passOn(client, database);
  });
  const passOn = async (client: Socket, database: Socket): Promise<void> => {
    for await (const chunk of client as AsyncIterable<Buffer>) {
      if (chunk.includes(command, 0, "latin1")) {
        held.resolve(true);
        await released.promise;
      }
      database.write(chunk);
    }
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The proxy does not listen.");
  return {
    uri: `mongodb://127.0.0.1:${address.port}/?directConnection=true`,
    hold() {
      held = Promise.withResolvers();
      released = Promise.withResolvers();
      return held.promise;
    },
    release: () => released.resolve(true),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
