import { foundationTypes } from "./foundation-types.ts";
import { gatewayTypes } from "./gateway-types.ts";
import { monitorTypes } from "./monitor-types.ts";
import { serviceTypes } from "./service-types.ts";
import type { TypeRules } from "./type-rules.ts";

/** Every type of resource that the stacks may hold. */
export const RESOURCE_TYPES: Readonly<Record<string, TypeRules>> = {
  ...foundationTypes,
  ...serviceTypes,
  ...gatewayTypes,
  ...monitorTypes,
};
