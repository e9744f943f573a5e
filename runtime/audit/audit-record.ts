/**
 * A record of the register, as `POST /auditrecords` of the Audit API takes it (`AuditRecordAppend` in `openapi/audit.yaml`; a
 * test holds the two together). After FHIR AuditEvent: who, what, when, where, why and with which outcome.
 */
export interface AuditRecord {
  /** `<accessId>:<phase>`. */
  readonly id: string;
  readonly accessId: string;
  readonly phase: "intent" | "outcome" | "closed";
  /** UTC with milliseconds. */
  readonly createdDate: string;
  /** The service that served the access, `patient`. */
  readonly sourceSystemName: string;
  readonly operationId: string;
  readonly action: "C" | "R" | "U" | "D" | "S" | "X";
  readonly resource: { readonly type: string; readonly id?: string; readonly operation: string };
  /** Whom the data is about. */
  readonly patientId?: string;
  readonly actor: Actor;
  readonly traceId: string;
  readonly requestId: string;
  readonly purpose?: string;
  readonly search?: readonly SearchTerm[];
  readonly outcome?: Outcome;
}

/** Who asked. */
export interface Actor {
  /** The gateway's subscription, or `direct:<key name>` for a call that did not come through the gateway. */
  readonly subscription: string;
  readonly product?: string;
  readonly client?: string;
}

/** A criterion of a search: the field, and a keyed hash of the value. */
export interface SearchTerm {
  readonly field: string;
  readonly hash: string;
}

export interface Outcome {
  /** 0 success, 4 the client's failure, 8 the server's failure, 12 unknown (FHIR AuditEvent outcome). */
  readonly code: 0 | 4 | 8 | 12;
  /** Of the answer; absent when it is not known whether there was one. */
  readonly status?: number;
  /** The code of the problem that was answered, or `interrupted`. */
  readonly error?: string;
  readonly resources?: readonly ResourceVersion[];
}

/** A resource that was returned or written. */
export interface ResourceVersion {
  readonly type: string;
  readonly id: string;
  readonly version?: number;
}
