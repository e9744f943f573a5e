import type { Envelope } from "../envelope.ts";
import { makeEnvelope, TRACE } from "./make-envelope.ts";

/** A request through gateway, patient app and audit app to their databases; the ids are `g`, `gc`, `p`, `pc`, `a`, `m`. */
export function makeTransaction(trace = TRACE): Envelope[] {
  const properties = { "specimen.request_id": "0198c0de-0000-7000-8000-00000000abcd" };
  const name = "GET /patient/{patientId}";
  const call = (target: string, duration: string) => ({ type: "HTTP", target, duration, resultCode: "200" });
  return [
    makeEnvelope({ trace, role: "gateway", id: "g", data: { name, duration: "00:00:00.020", properties } }),
    makeEnvelope({
      trace,
      role: "gateway",
      type: "Message",
      parent: "g",
      at: 1,
      data: { message: "quota: 17 left", severityLevel: 1 },
    }),
    makeEnvelope({
      trace,
      role: "gateway",
      type: "RemoteDependency",
      id: "gc",
      parent: "g",
      at: 2,
      data: { name, ...call("127.0.0.1:4001", "00:00:00.016") },
    }),
    makeEnvelope({
      trace,
      id: "p",
      parent: "gc",
      at: 4,
      data: { name, duration: "00:00:00.0125", properties },
    }),
    makeEnvelope({
      trace,
      type: "RemoteDependency",
      id: "pc",
      parent: "p",
      at: 5,
      data: { name: "POST /records", ...call("127.0.0.1:4002", "00:00:00.006") },
    }),
    makeEnvelope({
      trace,
      role: "audit",
      id: "a",
      parent: "pc",
      at: 6,
      data: { name: "POST /records", responseCode: "201", duration: "00:00:00.004" },
    }),
    makeEnvelope({
      trace,
      role: "audit",
      type: "RemoteDependency",
      id: "m",
      parent: "a",
      at: 7,
      data: { name: "insert", type: "mongodb", target: "audit", resultCode: "0", duration: "00:00:00.002" },
    }),
  ];
}
