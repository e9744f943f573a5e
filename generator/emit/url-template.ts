import type { GatewayModel } from "../model/model.ts";

/** A contract path below the API's own path in APIM: `/patient/{patientId}` is `/{patientId}`, `/patient` is `/`. */
export function urlTemplate(path: string, gateway: GatewayModel): string {
  const below = path.slice(gateway.path.length + 1);
  return below === "" ? "/" : below;
}
