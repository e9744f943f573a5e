import { register } from "../../generated/audit/functions.ts";
import { handlers } from "../../generated/audit/handlers.ts";
import { operations } from "../../generated/audit/operations.ts";
import { createApp } from "../../runtime/app.ts";
import { collections } from "./collections.ts";
import { auditContext } from "./context.ts";
import { ownRegister } from "./own-register.ts";

const app = createApp({ service: "audit", collections, context: auditContext, audit: ownRegister });
register(app.bind(operations, handlers));
