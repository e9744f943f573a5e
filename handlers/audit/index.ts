import { register } from "../../generated/audit/functions.ts";
import { handlers } from "../../generated/audit/handlers.ts";
import { operations } from "../../generated/audit/operations.ts";
import { createApp } from "../../runtime/app.ts";
import { closeAtEnd } from "../../runtime/close-at-end.ts";
import { registerJobs } from "../../runtime/jobs/register-jobs.ts";
import { auditParts } from "./audit-parts.ts";
import { collections } from "./collections.ts";

const app = createApp({ service: "audit", collections, parts: auditParts });
register(app.bind(operations, handlers));
registerJobs(app.jobs);
closeAtEnd(app);
