import type { ContractEdit, Creation, Replacement } from "../contract-edit.ts";
import { PATIENT } from "./files.ts";

const NARROWED: Replacement = {
  file: PATIENT,
  in: ["PatientReplace:"],
  replace: "maxLength: 64",
  by: "maxLength: ▸20",
};

const RULE = "breaking/request-property-narrowed";
const REASON = "reason: Agreed with every partner that sends it";
const APPROVAL = "approvedBy: api-owners";

const waiver = (...lines: readonly string[]): Creation => ({
  file: "openapi/waivers.yaml",
  create: [`- ${lines[0] ?? ""}`, ...lines.slice(1).map((line) => `  ${line}`)],
});

/** A breaking change may be agreed to for a time. Edits are judged on 2026-11-20. */
export const waiverEdits: readonly ContractEdit[] = [
  {
    name: "waived",
    why: "It breaks clients, who agreed.",
    changes: [
      NARROWED,
      waiver(`rule: ${RULE}`, "at: updatePatient", REASON, APPROVAL, "expires: 2026-12-31"),
    ],
    verdict: "major",
    stopped: false,
    redoclyAlone: "major",
  },
  {
    name: "waived-until-today",
    why: "The day of expiry is the last on which a waiver holds.",
    changes: [
      NARROWED,
      waiver(`rule: ${RULE}`, "at: updatePatient", REASON, APPROVAL, "expires: 2026-11-20"),
    ],
    verdict: "major",
    stopped: false,
    redoclyAlone: "major",
  },
  {
    name: "waiver-expired",
    why: "What was agreed to for a time is over.",
    changes: [
      NARROWED,
      waiver(`rule: ${RULE}`, "at: updatePatient", REASON, APPROVAL, "expires: ▸2026-11-19"),
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "waiver-of-another-rule",
    why: "Something else was agreed to.",
    changes: [
      NARROWED,
      waiver(
        "rule: breaking/request-property-removed",
        "at: updatePatient",
        REASON,
        APPROVAL,
        "expires: 2026-12-31",
      ),
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "waiver-for-another-place",
    why: "It was agreed to for another operation.",
    changes: [
      NARROWED,
      waiver(`rule: ${RULE}`, "at: createPatient", REASON, APPROVAL, "expires: 2026-12-31"),
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "waiver-that-nobody-approved",
    why: "A waiver without a name behind it waives nothing.",
    changes: [NARROWED, waiver(`▸rule: ${RULE}`, "at: updatePatient", REASON, "expires: 2026-12-31")],
    verdict: "major",
    redoclyAlone: "major",
  },
];
