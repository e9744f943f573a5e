import { isAbsolute, relative, resolve } from "node:path";

/** What an operator may set of the local platform. */
export interface PlatformSettings {
  /** `SPECIMEN_GATEWAY_PORT`, 8080. */
  readonly gatewayPort: number;
  /** `SPECIMEN_STATE_DIR`, `.local`: data, secrets, built pages. Absolute. */
  readonly stateDirectory: string;
  /** `SPECIMEN_CHECKPOINT_DIR`, beside the state directory, `.local-checkpoints`: the second place of the register's checkpoints. Absolute. */
  readonly checkpointDirectory: string;
  /** `SPECIMEN_AUDIT_URL`: where the other apps record, instead of the Audit app that is started here. */
  readonly auditUrl?: string;
  /** `SPECIMEN_REPLY_VALIDATION`, `refuse`: what the apps do with an answer that breaks the contract. */
  readonly replyValidation: ReplyValidation;
  /**
   * `SPECIMEN_TELEMETRY`, `local`: where the apps send telemetry. The collector that is started here, nowhere (`off`), or an
   * Application Insights resource, by its connection string.
   */
  readonly telemetry: TelemetrySetting;
  /** `SPECIMEN_TELEMETRY_SAMPLING`, 1: the share of traces that are recorded. */
  readonly telemetrySampling: string;
  /** `SPECIMEN_LOG_LEVEL`, `info`: the least that is worth a line of the apps' logs. */
  readonly logLevel: LogLevel;
  /** `MONGODB_URI_<API>`: a database of one's own instead of the embedded one, by API name. */
  readonly mongodbUris: Readonly<Record<string, string>>;
}

/** The app setting `REPLY_VALIDATION`: the invocation fails, a 500 problem leaves, or the answer leaves and is logged. */
export type ReplyValidation = (typeof REPLY_VALIDATIONS)[number];

const REPLY_VALIDATIONS = ["throw", "refuse", "log"] as const;

export type TelemetrySetting = "local" | "off" | { readonly connectionString: string };

/** The app setting `LOG_LEVEL`. */
export type LogLevel = (typeof LOG_LEVELS)[number];

const LOG_LEVELS = ["info", "warn", "error"] as const;

/** A setting that cannot be used. Its message names the setting, what was read and what is expected. */
export class SettingError extends Error {
  override readonly name = "SettingError";
}

const KNOWN = new Set([
  "SPECIMEN_GATEWAY_PORT",
  "SPECIMEN_STATE_DIR",
  "SPECIMEN_CHECKPOINT_DIR",
  "SPECIMEN_AUDIT_URL",
  "SPECIMEN_REPLY_VALIDATION",
  "SPECIMEN_TELEMETRY",
  "SPECIMEN_TELEMETRY_SAMPLING",
  "SPECIMEN_LOG_LEVEL",
]);

/**
 * Reads the platform's settings.
 * @param apis the names of the APIs, which each may have a database of their own
 * @throws {SettingError} for an unusable value, and for a `SPECIMEN_…` or `MONGODB_URI_…` setting that nobody reads: a
 * mistyped setting must not be ignored
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  apis: readonly string[],
): PlatformSettings {
  const uriSettings = new Map(apis.map((api) => [`MONGODB_URI_${api.toUpperCase()}`, api]));
  refuseUnknown(environment, [...KNOWN, ...uriSettings.keys()]);
  const mongodbUris: Record<string, string> = {};
  for (const [setting, api] of uriSettings) {
    const uri = environment[setting];
    if (uri) mongodbUris[api] = readUri(setting, uri);
  }
  const stateDirectory = resolve(
    readDirectory("SPECIMEN_STATE_DIR", environment.SPECIMEN_STATE_DIR ?? ".local"),
  );
  return {
    gatewayPort: readPort("SPECIMEN_GATEWAY_PORT", environment.SPECIMEN_GATEWAY_PORT ?? "8080"),
    stateDirectory,
    checkpointDirectory: readOutside(
      "SPECIMEN_CHECKPOINT_DIR",
      environment.SPECIMEN_CHECKPOINT_DIR ?? `${stateDirectory}-checkpoints`,
      stateDirectory,
    ),
    ...(environment.SPECIMEN_AUDIT_URL && {
      auditUrl: readUrl("SPECIMEN_AUDIT_URL", environment.SPECIMEN_AUDIT_URL),
    }),
    replyValidation: readChoice(
      "SPECIMEN_REPLY_VALIDATION",
      environment.SPECIMEN_REPLY_VALIDATION ?? "refuse",
      REPLY_VALIDATIONS,
    ),
    telemetry: readTelemetry("SPECIMEN_TELEMETRY", environment.SPECIMEN_TELEMETRY ?? "local"),
    telemetrySampling: readShare(
      "SPECIMEN_TELEMETRY_SAMPLING",
      environment.SPECIMEN_TELEMETRY_SAMPLING ?? "1",
    ),
    logLevel: readChoice("SPECIMEN_LOG_LEVEL", environment.SPECIMEN_LOG_LEVEL ?? "info", LOG_LEVELS),
    mongodbUris,
  };
}

function refuseUnknown(environment: Readonly<Record<string, string | undefined>>, known: string[]): void {
  const mistyped = Object.keys(environment).find(
    (name) => /^(SPECIMEN_|MONGODB_URI)/.test(name) && !known.includes(name),
  );
  if (mistyped !== undefined) {
    throw new SettingError(`Setting ${mistyped} is not known. Known are ${known.join(", ")}.`);
  }
}

function readPort(name: string, value: string): number {
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port <= 65_535) return port;
  throw new SettingError(
    `Setting ${name} is "${value}"; expected a port between 0 and 65535 (0: any free one).`,
  );
}

function readDirectory(name: string, value: string): string {
  if (value.trim() !== "") return value;
  throw new SettingError(`Setting ${name} is empty; expected a folder for data, secrets and keys.`);
}

/** A second place is none when it is lost with the first. */
function readOutside(name: string, value: string, stateDirectory: string): string {
  const directory = resolve(readDirectory(name, value));
  const path = relative(stateDirectory, directory);
  if (path.startsWith("..") || isAbsolute(path)) return directory;
  throw new SettingError(`Setting ${name} is "${value}"; expected a folder outside SPECIMEN_STATE_DIR.`);
}

function readChoice<const Choice extends string>(
  name: string,
  value: string,
  choices: readonly Choice[],
): Choice {
  const known = choices.find((one) => one === value);
  if (known !== undefined) return known;
  throw new SettingError(`Setting ${name} is "${value}"; expected one of ${choices.join(", ")}.`);
}

function readTelemetry(name: string, value: string): TelemetrySetting {
  if (value === "local" || value === "off") return value;
  if (/^InstrumentationKey=/i.test(value)) return { connectionString: value };
  throw new SettingError(
    `Setting ${name} is neither local nor off, nor a connection string; expected InstrumentationKey=…;IngestionEndpoint=…`,
  );
}

function readShare(name: string, value: string): string {
  if (/^(?:0|1|0?\.\d+|[01]\.0+)$/.test(value)) return value;
  throw new SettingError(`Setting ${name} is "${value}"; expected a share between 0 (none) and 1 (all).`);
}

function readUrl(name: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin;
  throw new SettingError(`Setting ${name} is "${value}"; expected an http or https URL without a path.`);
}

/** The value may hold a password, so the message does not repeat it. */
function readUri(name: string, value: string): string {
  if (/^mongodb(\+srv)?:\/\/./.test(value)) return value;
  throw new SettingError(
    `Setting ${name} is not a MongoDB connection string; expected mongodb://… or mongodb+srv://…`,
  );
}
