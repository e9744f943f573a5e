import { startDatabase } from "../../../../platform/database/start-database.ts";

/** The embedded database in a process of its own, so that it can be killed alone. */
const [directory = "", name = ""] = process.argv.slice(2);
const { uri } = await startDatabase({ directory, name });
process.send?.({ type: "ready", uri });
process.once("disconnect", () => process.exit(0));
