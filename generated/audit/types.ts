// Generated from openapi/audit.yaml by "npm run generate". Do not edit.
export interface components {
  schemas: {
    /** @description Who asked. A call that did not come through the gateway has `direct:function-key` as its subscription. */
    Actor: {
      /** @description The id of the gateway's subscription. */
      subscription: string;
      /** @description The product through which the subscription was admitted. */
      product?: string;
      /** @description The client application of a token. */
      client?: string;
    };
    /** @description What became of a batch. */
    AppendReceipt: {
      /** @description How many records were new. */
      stored: number;
      /** @description How many were stored already, saying the same. */
      duplicates: number;
      /** @description The ids of those that are not stored, because the register holds another record of that id. */
      conflicts: components["schemas"]["RecordId"][];
    };
    /** @description A record of the register. */
    AuditRecord: {
      id: components["schemas"]["RecordId"];
      accessId?: components["schemas"]["Uuid"];
      phase: components["schemas"]["Phase"];
      createdDate: components["schemas"]["Timestamp"];
      /** @description The service that served the access. */
      sourceSystemName: string;
      /** @description The operation of the contract. */
      operationId?: string;
      /**
       * @description Create, read, update, delete or search (FHIR AuditEvent action; S for search, X for export).
       * @enum {string}
       */
      action?: "C" | "R" | "U" | "D" | "S" | "X";
      resource: components["schemas"]["ResourceAccess"];
      patientId?: components["schemas"]["Uuid"];
      actor?: components["schemas"]["Actor"];
      traceId?: components["schemas"]["TraceId"];
      requestId?: components["schemas"]["Uuid"];
      purpose?: components["schemas"]["PurposeOfUse"];
      /** @description The criteria of a search. */
      search?: components["schemas"]["SearchTerm"][];
      outcome?: components["schemas"]["Outcome"];
    };
    /** @description A record that an app has made of an access. It says everything that the app knows. */
    AuditRecordAppend: {
      id: components["schemas"]["RecordId"];
      accessId: components["schemas"]["Uuid"];
      phase: components["schemas"]["Phase"];
      createdDate: components["schemas"]["Timestamp"];
      /** @description The service that served the access. */
      sourceSystemName: string;
      /** @description The operation of the contract. */
      operationId: string;
      /**
       * @description Create, read, update, delete or search (FHIR AuditEvent action; S for search, X for export).
       * @enum {string}
       */
      action: "C" | "R" | "U" | "D" | "S" | "X";
      resource: components["schemas"]["ResourceAccess"];
      patientId?: components["schemas"]["Uuid"];
      actor: components["schemas"]["Actor"];
      traceId: components["schemas"]["TraceId"];
      requestId: components["schemas"]["Uuid"];
      purpose?: components["schemas"]["PurposeOfUse"];
      /** @description The criteria of a search. */
      search?: components["schemas"]["SearchTerm"][];
      outcome?: components["schemas"]["Outcome"];
    };
    /** @description Records to be stored together. */
    AuditRecordBatch: {
      /** @description The records, in the order in which they are stored. */
      records: components["schemas"]["AuditRecordAppend"][];
    };
    /** @description An access to be recorded. The server gives `id` and `createdDate`. */
    AuditRecordCreate: {
      /** @description The system that served the access. */
      sourceSystemName: string;
      resource: components["schemas"]["ResourceAccess"];
    };
    /** @description A page of records. */
    AuditRecordPage: components["schemas"]["AuditRecord"][];
    /** @description A batch of records. Its hash is that of everything here but `type` and `entries`, as canonical JSON. */
    BatchLine: {
      /**
       * @description What the line is.
       * @enum {string}
       */
      type: "batch";
      stream: components["schemas"]["StreamName"];
      epoch: components["schemas"]["Epoch"];
      /** @description Its sequence within the stream, without a gap. */
      seq: components["schemas"]["Count"];
      /** @description The index of its first entry within the stream. */
      firstIndex: components["schemas"]["Count"];
      /** @description How many entries the stream has, with this batch. */
      size: components["schemas"]["Count"];
      /** @description The root of the Merkle tree over these. */
      root: components["schemas"]["Digest"];
      /** @description The hash of the batch before; of the first, that of the ledger and the stream. */
      previous: components["schemas"]["Digest"];
      /** @description The epoch that follows, when this batch is the last of its own. */
      next?: components["schemas"]["Epoch"];
      /** @description The records. */
      entries: components["schemas"]["LedgerEntry"][];
    };
    /** @description Where every stream of the ledger stood at one moment, signed. One that changes the signing key is also signed by the key before. */
    Checkpoint: {
      /**
       * @description The form of the ledger's hashes and signatures.
       * @enum {integer}
       */
      form: 1;
      /** @description Which ledger this is. */
      ledger: components["schemas"]["Uuid"];
      sequence: components["schemas"]["CheckpointSequence"];
      time: components["schemas"]["Timestamp"];
      key: components["schemas"]["PublicKey"];
      /** @description The hash of the checkpoint before; null for the first. */
      previous: string | null;
      /** @description The streams that have records, in the order of their names. */
      streams: components["schemas"]["StreamHead"][];
      /** @description The signatures, of the key that it names among them. */
      signatures: components["schemas"]["CheckpointSignature"][];
    };
    /** @description A checkpoint that changed the signing key, and on the last line the one that the export ends at. */
    CheckpointLine: {
      /**
       * @description What the line is.
       * @enum {string}
       */
      type: "checkpoint";
      /**
       * @description The form of the ledger's hashes and signatures.
       * @enum {integer}
       */
      form: 1;
      /** @description Which ledger this is. */
      ledger: components["schemas"]["Uuid"];
      sequence: components["schemas"]["CheckpointSequence"];
      time: components["schemas"]["Timestamp"];
      key: components["schemas"]["PublicKey"];
      /** @description The hash of the checkpoint before; null for the first. */
      previous: string | null;
      /** @description The streams that have records, in the order of their names. */
      streams: components["schemas"]["StreamHead"][];
      /** @description The signatures, of the key that it names among them. */
      signatures: components["schemas"]["CheckpointSignature"][];
    };
    /** @description Checkpoints are counted from 0 on, without a gap. */
    CheckpointSequence: number;
    /** @description A signature of everything else in the checkpoint, as canonical JSON (RFC 8785). */
    CheckpointSignature: {
      /** @description The thumbprint of the key, in base64url (RFC 7638). */
      keyId: string;
      /** @description ES256, in base64url (RFC 7518, 3.4). */
      value: string;
    };
    /** @description That what one checkpoint has seen is the beginning of what another has seen. */
    ConsistencyProof: {
      from: components["schemas"]["Checkpoint"];
      to: components["schemas"]["Checkpoint"];
      /** @description A proof for each stream that the earlier checkpoint has. */
      streams: components["schemas"]["StreamGrowth"][];
    };
    /** @description A count, or an index from 0 on. */
    Count: number;
    /** @description SHA-256, in hexadecimal. */
    Digest: string;
    /** @description The part of a stream that is stored together, by year and month. */
    Epoch: string;
    /** @description What was erased. */
    Erasure: {
      /** @description How many of the ids the register knew. */
      erased: number;
    };
    /** @description Whom to erase. */
    ErasureCreate: {
      /** @description The ids of a patient and of the patient's tests. */
      ids: components["schemas"]["Uuid"][];
    };
    /** @description A line of an export. */
    ExportLine:
      | components["schemas"]["LedgerLine"]
      | components["schemas"]["BatchLine"]
      | components["schemas"]["CheckpointLine"];
    /** @description A refusal by the gateway, which the request did not pass. */
    GatewayError: {
      statusCode: number;
      message: string;
      /** @description Names this request in the gateway's log. */
      activityId?: string;
    };
    /** @description The canonical text of a record (RFC 8785). The identifiers of people are encrypted in it. */
    LedgerEntry: string;
    /** @description The first line of an export. */
    LedgerLine: {
      /**
       * @description What the line is.
       * @enum {string}
       */
      type: "ledger";
      /**
       * @description The form of the ledger's hashes and signatures.
       * @enum {integer}
       */
      form: 1;
      /** @description Which ledger this is. */
      ledger: components["schemas"]["Uuid"];
    };
    /** @description Hashes of a Merkle proof, from the leaf up. */
    MerklePath: components["schemas"]["Digest"][];
    /** @description Accesses without an outcome. */
    OpenAccesses: {
      /** @description Their intents, the oldest first. Empty when every access is closed. */
      intents: components["schemas"]["AuditRecord"][];
    };
    /** @description How the access ended. */
    Outcome: {
      code: components["schemas"]["OutcomeCode"];
      /** @description The HTTP status of the answer. Absent when nobody knows whether there was one. */
      status?: number;
      /** @description The code of the problem that was answered; `interrupted` when the process ended before it could record how the access ended; `aborted` when the client went away before an export's end. */
      error?: string;
      /** @description What was returned or written. */
      resources?: components["schemas"]["ResourceVersion"][];
    };
    /**
     * @description 0 success, 4 the client's failure, 8 the server's failure, 12 unknown (FHIR AuditEvent outcome).
     * @enum {integer}
     */
    OutcomeCode: 0 | 4 | 8 | 12;
    /**
     * @description `intent` before the access, `outcome` after it, `closed` for a request that was refused before any access.
     * @enum {string}
     */
    Phase: "intent" | "outcome" | "closed";
    /** @description Why a request could not be served (RFC 9457). It never repeats what was sent. `code` names the error in the published catalogue, `requestId` names this one request in every log. */
    Problem: {
      /**
       * Format: uri-reference
       * @description The error's page in the portal, relative to the gateway.
       */
      type: string;
      /** @description A short, constant summary of the error. */
      title: string;
      /** @description The HTTP status of this answer. */
      status: number;
      /** @description What was wrong with this request. */
      detail: string;
      /** @description The error's code in the catalogue. */
      code: components["schemas"]["ProblemCode"];
      traceId: components["schemas"]["TraceId"];
      /** @description Made by the server for this one request. */
      requestId: components["schemas"]["Uuid"];
      /** @description Each thing that is wrong with the request, at most 32 of them. */
      errors?: components["schemas"]["ValidationError"][];
    };
    /**
     * @description The catalogue of errors that an app can answer with. Each has a page in the portal. More values may follow.
     * @enum {string}
     */
    ProblemCode:
      | "audit-record-not-found"
      | "audit-unavailable"
      | "body-not-json"
      | "body-required"
      | "body-too-large"
      | "checkpoint-not-found"
      | "cursor-invalid"
      | "database-unavailable"
      | "id-mismatch"
      | "internal-error"
      | "media-type-unsupported"
      | "patient-not-found"
      | "precondition-failed"
      | "proof-pending"
      | "request-invalid"
      | "resource-not-found"
      | "secret-unavailable"
      | "test-not-found";
    /** @description The public part of a signing key (RFC 7517). Its id is its thumbprint (RFC 7638). */
    PublicKey: {
      /**
       * @description The key's type.
       * @enum {string}
       */
      kty: "EC";
      /**
       * @description The curve.
       * @enum {string}
       */
      crv: "P-256";
      /** @description Base64url. */
      x: string;
      /** @description Base64url. */
      y: string;
    };
    /**
     * @description Why data is accessed, a code of HL7 v3 PurposeOfUse.
     * @enum {string}
     */
    PurposeOfUse:
      | "ETREAT"
      | "HLEGAL"
      | "HOPERAT"
      | "HPAYMT"
      | "HQUALIMP"
      | "HRESCH"
      | "HSYSADMIN"
      | "PATRQT"
      | "PUBHLTH"
      | "TREAT";
    /** @description The access's id and the record's phase. */
    RecordId: string;
    /** @description That a record is in the ledger that a checkpoint has seen. */
    RecordProof: {
      entry: components["schemas"]["LedgerEntry"];
      /** @description SHA-256 of a zero byte and the entry. */
      leaf: components["schemas"]["Digest"];
      stream: components["schemas"]["StreamName"];
      /** @description The sequence of its batch. */
      seq: components["schemas"]["Count"];
      /** @description The index of the entry within its stream. */
      index: components["schemas"]["Count"];
      path: components["schemas"]["MerklePath"];
      checkpoint: components["schemas"]["Checkpoint"];
    };
    /** @description What was accessed. `operation` is create, read, update, delete, search or export. */
    ResourceAccess: {
      /** @description The resource's type. */
      type: string;
      /** @description The resource's id. Absent when the request named none. */
      id?: string;
      /** @description What was done or tried. */
      operation: string;
    };
    /** @description A resource that was returned or written, and its version. */
    ResourceVersion: {
      /** @description The resource's type. */
      type: string;
      /** @description The resource's id. */
      id: string;
      /** @description The version that was returned or written. Absent when the resource has none. */
      version?: number;
    };
    /** @description A field that was searched, and a keyed hash of the value (never the value). */
    SearchTerm: {
      /** @description The name of the field. */
      field: string;
      /** @description HMAC-SHA-256 under the service's own key, in base64url. */
      hash: string;
    };
    /** @description That a stream has only grown. */
    StreamGrowth: {
      stream: components["schemas"]["StreamName"];
      path: components["schemas"]["MerklePath"];
    };
    /** @description Where a stream stood. */
    StreamHead: {
      stream: components["schemas"]["StreamName"];
      epoch: components["schemas"]["Epoch"];
      /** @description The sequence of its last batch. */
      seq: components["schemas"]["Count"];
      /** @description How many records it had. */
      size: components["schemas"]["Count"];
      /** @description The root of the Merkle tree over its records (RFC 9162, 2.1.1). */
      root: components["schemas"]["Digest"];
      /** @description The hash of its last batch. */
      hash: components["schemas"]["Digest"];
    };
    /** @description One of the streams that records are spread over. */
    StreamName: string;
    /**
     * Format: date-time
     * @description A moment (RFC 3339). The server answers in UTC with milliseconds.
     */
    Timestamp: string;
    /** @description The W3C trace id of the request, 32 hexadecimal digits. */
    TraceId: string;
    /**
     * Format: uuid
     * @description A UUID (RFC 9562), written in lower case by the server, read in any case.
     */
    Uuid: string;
    /** @description One thing that is wrong, at a place in the body (`pointer`) or in a named parameter. */
    ValidationError: {
      /** @description The JSON pointer (RFC 6901) of the value in the body. Empty for the body as a whole. */
      pointer?: string;
      /** @description The name of a path, query or header parameter of the contract. */
      parameter?: string;
      /** @description The rule of the contract that the value breaks, such as `maxLength`. */
      code: string;
      /** @description What the rule expects. */
      message: string;
    };
  };
}
/** What the handler of each operation takes and returns. Problems are thrown, not returned. */
export interface Operations {
  listAuditRecords: {
    request: {
      path: Record<never, never>;
      query: {
        patientId?: components["schemas"]["Uuid"];
        resourceId?: components["schemas"]["Uuid"];
        accessId?: components["schemas"]["Uuid"];
        traceId?: components["schemas"]["TraceId"];
        operationId?: string;
        actor?: string;
        outcome?: components["schemas"]["OutcomeCode"];
        phase?: components["schemas"]["Phase"];
        from?: components["schemas"]["Timestamp"];
        to?: components["schemas"]["Timestamp"];
        /** @default 100 */
        limit?: number;
        cursor?: string;
      };
      headers: Record<never, never>;
      body: undefined;
    };
    response: {
      status: 200;
      headers?: {
        link?: string;
      };
      body: components["schemas"]["AuditRecordPage"];
    };
  };
  getAuditRecord: {
    request: {
      path: {
        recordId: components["schemas"]["RecordId"];
      };
      query: Record<never, never>;
      headers: Record<never, never>;
      body: undefined;
    };
    response: {
      status: 200;
      headers?: never;
      body: components["schemas"]["AuditRecord"];
    };
  };
  getAuditRecordProof: {
    request: {
      path: {
        recordId: components["schemas"]["RecordId"];
      };
      query: Record<never, never>;
      headers: Record<never, never>;
      body: undefined;
    };
    response: {
      status: 200;
      headers?: never;
      body: components["schemas"]["RecordProof"];
    };
  };
  getLatestCheckpoint: {
    request: {
      path: Record<never, never>;
      query: Record<never, never>;
      headers: Record<never, never>;
      body: undefined;
    };
    response: {
      status: 200;
      headers?: never;
      body: components["schemas"]["Checkpoint"];
    };
  };
  getConsistencyProof: {
    request: {
      path: {
        from: components["schemas"]["CheckpointSequence"];
        to: components["schemas"]["CheckpointSequence"];
      };
      query: Record<never, never>;
      headers: Record<never, never>;
      body: undefined;
    };
    response: {
      status: 200;
      headers?: never;
      body: components["schemas"]["ConsistencyProof"];
    };
  };
  exportAuditRecords: {
    request: {
      path: Record<never, never>;
      query: {
        checkpoint?: components["schemas"]["CheckpointSequence"];
      };
      headers: Record<never, never>;
      body: undefined;
    };
    response: {
      status: 200;
      headers?: never;
      body: AsyncIterable<components["schemas"]["ExportLine"]>;
    };
  };
  createAuditRecord: {
    request: {
      path: Record<never, never>;
      query: Record<never, never>;
      headers: Record<never, never>;
      body: components["schemas"]["AuditRecordCreate"];
    };
    response: {
      status: 201;
      headers?: never;
      body: components["schemas"]["AuditRecord"];
    };
  };
  appendAuditRecords: {
    request: {
      path: Record<never, never>;
      query: Record<never, never>;
      headers: Record<never, never>;
      body: components["schemas"]["AuditRecordBatch"];
    };
    response: {
      status: 200;
      headers?: never;
      body: components["schemas"]["AppendReceipt"];
    };
  };
  listOpenAccesses: {
    request: {
      path: Record<never, never>;
      query: {
        service: string;
        before: components["schemas"]["Timestamp"];
      };
      headers: Record<never, never>;
      body: undefined;
    };
    response: {
      status: 200;
      headers?: never;
      body: components["schemas"]["OpenAccesses"];
    };
  };
  eraseSubjects: {
    request: {
      path: Record<never, never>;
      query: Record<never, never>;
      headers: Record<never, never>;
      body: components["schemas"]["ErasureCreate"];
    };
    response: {
      status: 200;
      headers?: never;
      body: components["schemas"]["Erasure"];
    };
  };
}

export type OperationId =
  | "listAuditRecords"
  | "getAuditRecord"
  | "getAuditRecordProof"
  | "getLatestCheckpoint"
  | "getConsistencyProof"
  | "exportAuditRecords"
  | "createAuditRecord"
  | "appendAuditRecords"
  | "listOpenAccesses"
  | "eraseSubjects";

/**
 * What the handler of an operation returns. A handler writes it as its return type, `Promise<Reply<"…">>`: only then does
 * the compiler refuse members that the contract does not declare.
 */
export type Reply<Id extends OperationId> = Operations[Id]["response"];

/** The handlers of the API: one for each operation, returning what the contract declares and nothing else. */
export type Handlers<Context> = {
  [K in OperationId]: (request: Operations[K]["request"], context: Context) => Promise<Reply<K>>;
};
