import { startDatabase } from "../../../platform/database/start-database.ts";

/**
 * The embedded database in a process of its own, as a server is. It says where it listens, and ends with its parent.
 * Arguments: the folder, and the database's name.
 */
const [directory = "", name = ""] = process.argv.slice(2);
const database = await startDatabase({ directory, name, tcpPort: 0 });
process.once("disconnect", () => void database.close().then(() => process.exit(0)));
process.send?.({ tcpPort: database.tcpPort ?? 0 });
