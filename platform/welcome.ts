import { relative } from "node:path";
import type { Platform } from "./start-platform.ts";

/**
 * What the first start says: where everything is, the local keys, and a line to try.
 * @param seconds how long the start took
 */
export function welcome(platform: Platform, seconds: number): string {
  const { gatewayUrl, apps, settings, databaseUris, telemetryUrl } = platform;
  const [partnerKey, auditorKey] = ["partner", "auditor"].map((product) => keyOf(product, platform));
  const state = relative(process.cwd(), settings.stateDirectory) || ".";
  const embedded = Object.keys(databaseUris).filter((api) => settings.mongodbUris[api] === undefined);
  const data = embedded.length > 0 ? `${state} (embedded: ${embedded.join(", ")})` : state;
  const rows = [
    ["gateway", `${gatewayUrl}/patient`, `key ${partnerKey}`],
    ["audit", `${gatewayUrl}/audit/records`, `key ${auditorKey}`],
    ["portal", `${gatewayUrl}/portal/`, ""],
    ...(telemetryUrl === undefined ? [] : [["telemetry", telemetryUrl, "requests, transactions, failures"]]),
    ...Object.entries(apps.urls).map(([api, url]) => [
      `${api} app`,
      url,
      "behind the gateway, needs its host key",
    ]),
    ["data", data, "set MONGODB_URI_PATIENT and MONGODB_URI_AUDIT for your own"],
  ];
  return [
    `Specimen is ready in ${seconds.toFixed(1)} s`,
    ...rows.map(([name = "", address = "", note = ""]) =>
      `  ${name.padEnd(12)} ${address.padEnd(38)} ${note}`.trimEnd(),
    ),
    "Try:",
    `  curl -H 'Ocp-Apim-Subscription-Key: ${partnerKey}' -H 'Content-Type: application/json' \\`,
    `    -d '{"firstName":"Vera","gender":"female","dateOfBirth":"1984-05","postCode":"3012"}' ${gatewayUrl}/patient`,
    "",
  ].join("\n");
}

/** Once its key has been rotated, a subscription's is no longer the published one. */
/** What was handed over after a rotation, or the primary key. */
function keyOf(product: string, { subscriptions, vault }: Platform): string {
  const isForProduct = (one: ReturnType<typeof subscriptions.list>[number]) =>
    one.scope !== "all" && "product" in one.scope && one.scope.product === product;
  const subscription = subscriptions.list().find(isForProduct);
  return vault.findSecret(`subscription-${subscription?.id ?? ""}`) ?? subscription?.key ?? "";
}
