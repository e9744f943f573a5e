// Generated from openapi/patient.yaml by "npm run generate". Do not edit.
export interface components {
  schemas: {
    /** @description The telephone number that the patient prefers. */
    ContactNumber: string;
    /**
     * Format: partial-date
     * @description The date of birth, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: a real day of the calendar, and not after today (the latest today on Earth, UTC+14).
     */
    DateOfBirth: string;
    /** @description The family name. */
    FamilyName: string;
    /** @description The name in full, as the person writes it. */
    FullName: string;
    /** @description A refusal by the gateway, which the request did not pass. */
    GatewayError: {
      statusCode: number;
      message: string;
      /** @description Names this request in the gateway's log. */
      activityId?: string;
    };
    /**
     * @description The administrative gender.
     * @enum {string}
     */
    Gender: "male" | "female" | "other" | "unknown";
    /** @description The given name. */
    GivenName: string;
    /** @description The number of the health insurance. */
    InsuranceNumber: string;
    /** @description One observation of a test. */
    Observation: {
      /** @description The performer's name for the observation. */
      id: string;
      /** @description What was observed, preferably a LOINC code. */
      code: string;
      /** @description The measured value with its unit. */
      measurement: string;
      /** @description How the value is read, such as `N` for normal (HL7 v3 ObservationInterpretation). */
      interpretation: string;
      issued: components["schemas"]["Timestamp"];
      /** @description The state of the observation, such as `preliminary`, `final` or `amended` (FHIR ObservationStatus). */
      status: string;
    };
    /** @description What was observed. */
    Observations: components["schemas"]["Observation"][];
    /** @description The order that the test answers. */
    OrderReference: string;
    /**
     * Format: partial-date
     * @description A calendar date of which the day, or the month and the day, may be unknown.
     */
    PartialDate: string;
    /** @description A patient. */
    Patient: {
      id: components["schemas"]["Uuid"];
      lastUpdated: components["schemas"]["Timestamp"];
      firstName: components["schemas"]["GivenName"];
      lastName?: components["schemas"]["FamilyName"];
      fullName?: components["schemas"]["FullName"];
      gender: components["schemas"]["Gender"];
      dateOfBirth: components["schemas"]["DateOfBirth"];
      postCode: components["schemas"]["PostCode"];
      insuranceNumber?: components["schemas"]["InsuranceNumber"];
      preferredContactNumber?: components["schemas"]["ContactNumber"];
    };
    /** @description A patient to be stored. */
    PatientCreate: {
      firstName: components["schemas"]["GivenName"];
      lastName?: components["schemas"]["FamilyName"];
      fullName?: components["schemas"]["FullName"];
      gender: components["schemas"]["Gender"];
      dateOfBirth: components["schemas"]["DateOfBirth"];
      postCode: components["schemas"]["PostCode"];
      insuranceNumber?: components["schemas"]["InsuranceNumber"];
      preferredContactNumber?: components["schemas"]["ContactNumber"];
    };
    /** @description A page of patients. */
    PatientPage: components["schemas"]["Patient"][];
    /** @description What a patient is replaced by. */
    PatientReplace: {
      id?: components["schemas"]["Uuid"];
      /** @description Ignored; the server knows when it was. */
      lastUpdated?: string;
      firstName: components["schemas"]["GivenName"];
      lastName?: components["schemas"]["FamilyName"];
      fullName?: components["schemas"]["FullName"];
      gender: components["schemas"]["Gender"];
      dateOfBirth: components["schemas"]["DateOfBirth"];
      postCode: components["schemas"]["PostCode"];
      insuranceNumber?: components["schemas"]["InsuranceNumber"];
      preferredContactNumber?: components["schemas"]["ContactNumber"];
    };
    /** @description Criteria, all of which must hold. None finds every patient. */
    PatientSearch: {
      firstName?: components["schemas"]["GivenName"];
      lastName?: components["schemas"]["FamilyName"];
      fullName?: components["schemas"]["FullName"];
      gender?: components["schemas"]["Gender"];
      dateOfBirth?: components["schemas"]["PartialDate"];
      postCode?: components["schemas"]["PostCode"];
      insuranceNumber?: components["schemas"]["InsuranceNumber"];
      preferredContactNumber?: components["schemas"]["ContactNumber"];
      dateOfBirthFrom?: components["schemas"]["PartialDate"];
      dateOfBirthTo?: components["schemas"]["PartialDate"];
    };
    /** @description Who performed the test, such as a laboratory. */
    Performer: string;
    /** @description The post code of the home address, four characters. */
    PostCode: string;
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
    /** @description A medical test of a patient. */
    Test: {
      id: components["schemas"]["Uuid"];
      patientId: components["schemas"]["Uuid"];
      lastUpdated: components["schemas"]["Timestamp"];
      performer: components["schemas"]["Performer"];
      orderReference: components["schemas"]["OrderReference"];
      observations: components["schemas"]["Observations"];
    };
    /** @description The results of a test to be stored. */
    TestCreate: {
      patientId?: components["schemas"]["Uuid"];
      performer: components["schemas"]["Performer"];
      orderReference: components["schemas"]["OrderReference"];
      observations: components["schemas"]["Observations"];
    };
    /** @description A page of tests. */
    TestPage: components["schemas"]["Test"][];
    /** @description What a test is replaced by. */
    TestReplace: {
      id?: components["schemas"]["Uuid"];
      patientId?: components["schemas"]["Uuid"];
      /** @description Ignored; the server knows when it was. */
      lastUpdated?: string;
      performer: components["schemas"]["Performer"];
      orderReference: components["schemas"]["OrderReference"];
      observations: components["schemas"]["Observations"];
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
  createPatient: {
    request: {
      path: Record<never, never>;
      query: Record<never, never>;
      headers: {
        "x-purpose-of-use"?: components["schemas"]["PurposeOfUse"];
      };
      body: components["schemas"]["PatientCreate"];
    };
    response: {
      status: 201;
      headers: {
        etag: string;
        /** Format: uri-reference */
        location: string;
      };
      body: components["schemas"]["Patient"];
    };
  };
  searchPatients: {
    request: {
      path: Record<never, never>;
      query: {
        /** @default 100 */
        limit?: number;
        cursor?: string;
      };
      headers: {
        "x-purpose-of-use"?: components["schemas"]["PurposeOfUse"];
      };
      body: components["schemas"]["PatientSearch"];
    };
    response: {
      status: 200;
      headers?: {
        link?: string;
      };
      body: components["schemas"]["PatientPage"];
    };
  };
  getPatient: {
    request: {
      path: {
        patientId: components["schemas"]["Uuid"];
      };
      query: Record<never, never>;
      headers: {
        "x-purpose-of-use"?: components["schemas"]["PurposeOfUse"];
        "if-none-match"?: string;
      };
      body: undefined;
    };
    response:
      | {
          status: 200;
          headers: {
            etag: string;
          };
          body: components["schemas"]["Patient"];
        }
      | {
          status: 304;
          headers: {
            etag: string;
          };
          body?: never;
        };
  };
  updatePatient: {
    request: {
      path: {
        patientId: components["schemas"]["Uuid"];
      };
      query: Record<never, never>;
      headers: {
        "x-purpose-of-use"?: components["schemas"]["PurposeOfUse"];
        "if-match"?: string;
      };
      body: components["schemas"]["PatientReplace"];
    };
    response: {
      status: 200;
      headers: {
        etag: string;
      };
      body: components["schemas"]["Patient"];
    };
  };
  deletePatient: {
    request: {
      path: {
        patientId: components["schemas"]["Uuid"];
      };
      query: Record<never, never>;
      headers: {
        "x-purpose-of-use"?: components["schemas"]["PurposeOfUse"];
        "if-match"?: string;
      };
      body: undefined;
    };
    response: {
      status: 204;
      headers?: never;
      body?: never;
    };
  };
  listTests: {
    request: {
      path: {
        patientId: components["schemas"]["Uuid"];
      };
      query: {
        /** @default 100 */
        limit?: number;
        cursor?: string;
      };
      headers: {
        "x-purpose-of-use"?: components["schemas"]["PurposeOfUse"];
      };
      body: undefined;
    };
    response: {
      status: 200;
      headers?: {
        link?: string;
      };
      body: components["schemas"]["TestPage"];
    };
  };
  createTest: {
    request: {
      path: {
        patientId: components["schemas"]["Uuid"];
      };
      query: Record<never, never>;
      headers: {
        "x-purpose-of-use"?: components["schemas"]["PurposeOfUse"];
      };
      body: components["schemas"]["TestCreate"];
    };
    response: {
      status: 201;
      headers: {
        etag: string;
        /** Format: uri-reference */
        location: string;
      };
      body: components["schemas"]["Test"];
    };
  };
  getTest: {
    request: {
      path: {
        patientId: components["schemas"]["Uuid"];
        testId: components["schemas"]["Uuid"];
      };
      query: Record<never, never>;
      headers: {
        "x-purpose-of-use"?: components["schemas"]["PurposeOfUse"];
        "if-none-match"?: string;
      };
      body: undefined;
    };
    response:
      | {
          status: 200;
          headers: {
            etag: string;
          };
          body: components["schemas"]["Test"];
        }
      | {
          status: 304;
          headers: {
            etag: string;
          };
          body?: never;
        };
  };
  updateTest: {
    request: {
      path: {
        patientId: components["schemas"]["Uuid"];
        testId: components["schemas"]["Uuid"];
      };
      query: Record<never, never>;
      headers: {
        "x-purpose-of-use"?: components["schemas"]["PurposeOfUse"];
        "if-match"?: string;
      };
      body: components["schemas"]["TestReplace"];
    };
    response: {
      status: 200;
      headers: {
        etag: string;
      };
      body: components["schemas"]["Test"];
    };
  };
  deleteTest: {
    request: {
      path: {
        patientId: components["schemas"]["Uuid"];
        testId: components["schemas"]["Uuid"];
      };
      query: Record<never, never>;
      headers: {
        "x-purpose-of-use"?: components["schemas"]["PurposeOfUse"];
        "if-match"?: string;
      };
      body: undefined;
    };
    response: {
      status: 204;
      headers?: never;
      body?: never;
    };
  };
}

export type OperationId =
  | "createPatient"
  | "searchPatients"
  | "getPatient"
  | "updatePatient"
  | "deletePatient"
  | "listTests"
  | "createTest"
  | "getTest"
  | "updateTest"
  | "deleteTest";

/**
 * What the handler of an operation returns. A handler writes it as its return type, `Promise<Reply<"…">>`: only then does
 * the compiler refuse members that the contract does not declare.
 */
export type Reply<Id extends OperationId> = Operations[Id]["response"];

/** The handlers of the API: one for each operation, returning what the contract declares and nothing else. */
export type Handlers<Context> = {
  [K in OperationId]: (request: Operations[K]["request"], context: Context) => Promise<Reply<K>>;
};
