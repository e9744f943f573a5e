import type { Clock } from "./clock.ts";
import type { SettingReader } from "./configuration.ts";
import type { Database } from "./database/database.ts";
import type { SecretStore } from "./secrets/secret-store.ts";
import type { Log } from "./telemetry/log.ts";
import type { Telemetry } from "./telemetry/telemetry.ts";

/** What an app's own parts are made of, once for the process. */
export interface AppTools {
  /** The API's name, `patient`. */
  readonly service: string;
  readonly settings: SettingReader;
  /** Tokens of the app's identity, for a scope such as {@link STORAGE_SCOPE}. */
  readonly tokenOf: (scope: string) => () => Promise<string>;
  readonly secrets: SecretStore;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly telemetry: Telemetry;
}
