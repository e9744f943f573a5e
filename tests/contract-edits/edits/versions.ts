import type { ContractEdit, Replacement } from "../contract-edit.ts";
import { AUDIT, PATIENT, PRODUCTION, SCHEMAS } from "./files.ts";

const BREAKING: Replacement = {
  file: PATIENT,
  in: ["PatientReplace:"],
  replace: "maxLength: 64",
  by: "maxLength: ▸20",
};

/** A breaking change is stopped unless the version of every API that it breaks says so. */
export const versionEdits: readonly ContractEdit[] = [
  {
    name: "breaking-with-the-major-version-raised",
    why: "It breaks clients, and says so.",
    changes: [BREAKING, { file: PATIENT, replace: "version: 1.0.0", by: "version: 2.0.0" }],
    verdict: "major",
    stopped: false,
    redoclyAlone: "major",
  },
  {
    name: "breaking-with-the-minor-version-raised",
    why: "1.1.0 promises that nothing breaks.",
    changes: [BREAKING, { file: PATIENT, replace: "version: 1.0.0", by: "version: 1.1.0" }],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "breaking-with-another-apis-version-raised",
    why: "The Audit API has a new major version, but it is clients of the Patient API that are broken.",
    changes: [BREAKING, { file: AUDIT, replace: "version: 1.0.0", by: "version: 2.0.0" }],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "breaking-both-with-one-version-raised",
    why: "Clients of both APIs read problems; only one API says that it breaks them.",
    changes: [
      { file: SCHEMAS, in: ["Problem:", "detail:"], replace: "maxLength: 512", by: "maxLength: ▸2048" },
      { file: PATIENT, replace: "version: 1.0.0", by: "version: 2.0.0" },
    ],
    verdict: "major",
    redoclyAlone: "major",
  },
  {
    name: "breaking-both-with-both-versions-raised",
    why: "It breaks clients of both APIs, and both say so.",
    changes: [
      { file: SCHEMAS, in: ["Problem:", "detail:"], replace: "maxLength: 512", by: "maxLength: ▸2048" },
      { file: PATIENT, replace: "version: 1.0.0", by: "version: 2.0.0" },
      { file: AUDIT, replace: "version: 1.0.0", by: "version: 2.0.0" },
    ],
    verdict: "major",
    stopped: false,
    redoclyAlone: "major",
  },
  {
    name: "stricter-limit-with-the-major-version-raised",
    why: "Limits are part of what partners were promised, and the version says that they change.",
    changes: [
      { file: PRODUCTION, replace: '"patient-read-calls": "600"', by: '"patient-read-calls": ▸"300"' },
      { file: PATIENT, replace: "version: 1.0.0", by: "version: 2.0.0" },
    ],
    verdict: "major",
    stopped: false,
    redoclyAlone: "none",
  },
  {
    name: "version-alone",
    why: "A version answers a change; alone it is none.",
    changes: [{ file: PATIENT, replace: "version: 1.0.0", by: "version: 1.0.1" }],
    verdict: "none",
    redoclyAlone: "none",
  },
  {
    name: "major-version-alone",
    why: "A version answers a change; alone it is none, however large.",
    changes: [{ file: PATIENT, replace: "version: 1.0.0", by: "version: 2.0.0" }],
    verdict: "none",
    redoclyAlone: "none",
  },
];
