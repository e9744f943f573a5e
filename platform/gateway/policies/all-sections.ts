import type { Section } from "../documents/policy-document.ts";

/** Sections of policies that may stand anywhere. */
export const allSections: readonly Section[] = ["inbound", "backend", "outbound", "on-error"];
