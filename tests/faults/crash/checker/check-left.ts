import type { World } from "../parts/start-world.ts";
import type { Finding } from "./finding.ts";

/**
 * Nothing is left to do: no record waits, none was buried, no access is open, every record can be queried, and no app has
 * raised an alarm.
 * @param records how many the ledger holds
 */
export async function checkLeft({ databases, alarms }: World, records: number): Promise<Finding[]> {
  const outbox = databases.patient.db.collection("outbox");
  const audit = databases.audit.db;
  const [waiting, buried, open, projected] = await Promise.all([
    outbox.countDocuments({ buried: false }),
    outbox.countDocuments({ buried: true }),
    audit.collection("open").countDocuments(),
    audit.collection("records").countDocuments(),
  ]);
  const findings: Finding[] = alarms.raised.map((line) => ({ rule: "alarm", message: line }));
  if (waiting > 0) findings.push({ rule: "left-open", message: `${waiting} records wait in the outbox` });
  if (buried > 0)
    findings.push({ rule: "left-open", message: `${buried} records were buried in the outbox` });
  if (open > 0) findings.push({ rule: "left-open", message: `${open} accesses are noted as open` });
  if (projected !== records)
    findings.push({ rule: "projection", message: `of ${records} records ${projected} can be queried` });
  return findings;
}
