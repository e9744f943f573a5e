import { join } from "node:path";
import { startDatabase } from "./database/start-database.ts";

/** The databases of the services: embedded ones, and those that a setting names. */
export interface Databases {
  /** Each service's connection string, by API name. */
  readonly uris: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * Starts an embedded database for each service that has none of its own. The services never share one.
 * @param given connection strings from the settings, by API name
 */
export async function startDatabases(
  apis: readonly string[],
  given: Readonly<Record<string, string>>,
  stateDirectory: string,
): Promise<Databases> {
  const directory = join(stateDirectory, "database");
  const embedded = apis.filter((api) => given[api] === undefined);
  const results = await Promise.allSettled(
    embedded.map(
      async (name) => [name, await startDatabase({ directory: join(directory, name), name })] as const,
    ),
  );
  const started = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const close = async () => {
    await Promise.all(started.map(([, database]) => database.close()));
  };
  const failure = results.find((result) => result.status === "rejected");
  if (failure) {
    await close();
    throw failure.reason;
  }
  return { uris: { ...given, ...Object.fromEntries(started.map(([name, { uri }]) => [name, uri])) }, close };
}
