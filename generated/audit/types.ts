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
      /** @description How many were stored already. */
      duplicates: number;
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
    /** @description A refusal by the gateway, which the request did not pass. */
    GatewayError: {
      statusCode: number;
      message: string;
      /** @description Names this request in the gateway's log. */
      activityId?: string;
    };
    /** @description How the access ended. */
    Outcome: {
      code: components["schemas"]["OutcomeCode"];
      /** @description The HTTP status of the answer. */
      status: number;
      /** @description The code of the problem that was answered. */
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
     * @description The catalogue of errors that an app can answer with. Each has a page in the portal.
     * @enum {string}
     */
    ProblemCode:
      | "audit-record-not-found"
      | "audit-unavailable"
      | "body-not-json"
      | "body-required"
      | "body-too-large"
      | "cursor-invalid"
      | "database-unavailable"
      | "id-mismatch"
      | "internal-error"
      | "media-type-unsupported"
      | "patient-not-found"
      | "precondition-failed"
      | "request-invalid"
      | "resource-not-found"
      | "secret-unavailable"
      | "test-not-found";
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
}

export type OperationId = "listAuditRecords" | "getAuditRecord" | "createAuditRecord" | "appendAuditRecords";

/**
 * What the handler of an operation returns. A handler writes it as its return type, `Promise<Reply<"…">>`: only then does
 * the compiler refuse members that the contract does not declare.
 */
export type Reply<Id extends OperationId> = Operations[Id]["response"];

/** The handlers of the API: one for each operation, returning what the contract declares and nothing else. */
export type Handlers<Context> = {
  [K in OperationId]: (request: Operations[K]["request"], context: Context) => Promise<Reply<K>>;
};
