// Generated from openapi/audit.yaml by "npm run generate". Do not edit.
import type { Validator } from "../../runtime/operation.ts";

export declare const listAuditRecordsRequest: Validator;
export declare const getAuditRecordRequest: Validator;
export declare const createAuditRecordRequest: Validator;
export declare const appendAuditRecordsRequest: Validator;
export declare const listAuditRecordsResponse200: Validator;
export declare const listAuditRecordsResponse400: Validator;
export declare const listAuditRecordsResponse500: Validator;
export declare const listAuditRecordsResponse503: Validator;
export declare const getAuditRecordResponse200: Validator;
export declare const getAuditRecordResponse400: Validator;
export declare const getAuditRecordResponse404: Validator;
export declare const getAuditRecordResponse500: Validator;
export declare const getAuditRecordResponse503: Validator;
export declare const createAuditRecordResponse201: Validator;
export declare const createAuditRecordResponse400: Validator;
export declare const createAuditRecordResponse413: Validator;
export declare const createAuditRecordResponse415: Validator;
export declare const createAuditRecordResponse500: Validator;
export declare const createAuditRecordResponse503: Validator;
export declare const appendAuditRecordsResponse200: Validator;
export declare const appendAuditRecordsResponse400: Validator;
export declare const appendAuditRecordsResponse413: Validator;
export declare const appendAuditRecordsResponse415: Validator;
export declare const appendAuditRecordsResponse500: Validator;
export declare const appendAuditRecordsResponse503: Validator;
