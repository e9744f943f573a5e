import { app } from "@azure/functions";

// The smallest function app: JSON out, and JSON in and out. The host that serves it is what is measured.
const document = {
  id: "0198c0de-0000-7000-8000-000000000001",
  lastUpdated: "2026-11-20T08:30:00.000Z",
  firstName: "Noor",
  lastName: "El Amrani",
  fullName: "Noor El Amrani",
  gender: "female",
  dateOfBirth: "1990-12",
  postCode: "2087",
};

app.http("read", {
  methods: ["GET"],
  route: "echo",
  authLevel: "function",
  handler: () => ({ jsonBody: document }),
});

app.http("write", {
  methods: ["POST"],
  route: "echo",
  authLevel: "function",
  handler: async (request) => ({ status: 201, jsonBody: await request.json() }),
});
