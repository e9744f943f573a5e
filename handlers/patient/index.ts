import { register } from "../../generated/patient/functions.ts";
import { handlers } from "../../generated/patient/handlers.ts";
import { operations } from "../../generated/patient/operations.ts";
import { createApp } from "../../runtime/app.ts";
import { closeAtEnd } from "../../runtime/close-at-end.ts";
import { registerJobs } from "../../runtime/jobs/register-jobs.ts";
import { collections } from "./collections.ts";
import { patientContext } from "./context.ts";

const app = createApp({ service: "patient", collections, parts: () => ({ context: patientContext }) });
register(app.bind(operations, handlers));
registerJobs(app.jobs);
closeAtEnd(app);
