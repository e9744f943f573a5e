// Generated from openapi/patient.yaml by "npm run generate". Do not edit.
import { app, type HttpHandler } from "@azure/functions";
import type { OperationId } from "./types.ts";

/** Registers one HTTP function for each operation. Every one needs a key. */
export function register(handlers: Readonly<Record<OperationId, HttpHandler>>): void {
  app.http("createPatient", {
    methods: ["POST"],
    authLevel: "function",
    route: "patient",
    handler: handlers.createPatient,
  });
  app.http("searchPatients", {
    methods: ["POST"],
    authLevel: "function",
    route: "patient/search",
    handler: handlers.searchPatients,
  });
  app.http("getPatient", {
    methods: ["GET"],
    authLevel: "function",
    route: "patient/{patientId}",
    handler: handlers.getPatient,
  });
  app.http("updatePatient", {
    methods: ["PUT"],
    authLevel: "function",
    route: "patient/{patientId}",
    handler: handlers.updatePatient,
  });
  app.http("deletePatient", {
    methods: ["DELETE"],
    authLevel: "function",
    route: "patient/{patientId}",
    handler: handlers.deletePatient,
  });
  app.http("listTests", {
    methods: ["GET"],
    authLevel: "function",
    route: "patient/{patientId}/tests",
    handler: handlers.listTests,
  });
  app.http("createTest", {
    methods: ["POST"],
    authLevel: "function",
    route: "patient/{patientId}/tests",
    handler: handlers.createTest,
  });
  app.http("getTest", {
    methods: ["GET"],
    authLevel: "function",
    route: "patient/{patientId}/tests/{testId}",
    handler: handlers.getTest,
  });
  app.http("updateTest", {
    methods: ["PUT"],
    authLevel: "function",
    route: "patient/{patientId}/tests/{testId}",
    handler: handlers.updateTest,
  });
  app.http("deleteTest", {
    methods: ["DELETE"],
    authLevel: "function",
    route: "patient/{patientId}/tests/{testId}",
    handler: handlers.deleteTest,
  });
}
