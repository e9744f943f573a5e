import { CANARY, CANARY_BIRTH, CANARY_POST_CODE } from "./canary.ts";
import { clientOf, keyOf } from "./client.ts";
import type { Call } from "./client.ts";
import type { ContractOperation } from "./contract.ts";
import { somebody, someTest, UNKNOWN_ID } from "./people.ts";
import { sealedRecord } from "./register.ts";
import type { PlatformAddresses } from "./start-test-platform.ts";

/** A call that makes an operation's app answer with a status of its contract. */
export interface Case {
  readonly name: string;
  readonly status: number;
  /** Whether the app refuses it before any access. */
  readonly refused: boolean;
  readonly made: Call;
}

/**
 * Every way in which an operation's app answers, found from the contract, to be called in this order: the last may delete
 * what the others need. What is sent is full of canaries.
 */
export async function casesOf(operation: ContractOperation, platform: PlatformAddresses): Promise<Case[]> {
  const valid = callOf(operation, await existing(operation, platform));
  return [
    ...refusals(operation, valid),
    ...(operation.takesBody ? bodyRefusals(valid) : []),
    ...failures(operation, valid),
    ...successes(operation, valid),
  ];
}

/** A call that the contract admits. @param path the ids of what it is about */
export function callOf(operation: ContractOperation, path: NonNullable<Call["path"]>): Call {
  const body = operation.takesBody ? bodyOf(operation) : undefined;
  return { key: keyOf(operation), path, ...(body === undefined ? {} : { body }) };
}

/** Ids that nothing has. */
export const UNKNOWN_PATH = {
  patientId: UNKNOWN_ID,
  testId: UNKNOWN_ID,
  recordId: `${UNKNOWN_ID}:outcome`,
  from: "0",
  to: "999999999999",
};

const UNKNOWN_CHECKPOINT = 999_999_999_999;
const MALFORMED_PATH = { patientId: CANARY, testId: CANARY, recordId: CANARY, from: CANARY, to: CANARY };

function refusals(operation: ContractOperation, valid: Call): Case[] {
  const refused = (name: string, made: Call, status = 400) => ({ name, status, refused: true, made });
  const withHeader = (header: string) =>
    has(operation, "header", header)
      ? [refused(`a malformed ${header}`, { ...valid, headers: { [header]: CANARY } })]
      : [];
  const malformedId = refused(
    "a malformed id",
    { ...valid, path: MALFORMED_PATH },
    // What clients of the reference rely on (PRODUCT, "Wire compatibility").
    operation.operationId === "createTest" ? 400 : 404,
  );
  return [
    refused("an unknown parameter", { ...valid, query: { [CANARY]: CANARY } }),
    ...withHeader("if-match"),
    ...withHeader("x-purpose-of-use"),
    ...(hasId(operation) ? [malformedId] : []),
  ];
}

function bodyRefusals({ body, ...valid }: Call): Case[] {
  const refused = (name: string, status: number, made: Call) => ({
    name,
    status,
    refused: true,
    made: { ...valid, ...made },
  });
  return [
    refused("no body", 400, {}),
    refused("no JSON", 400, { rawBody: `{"firstName": ${CANARY}` }),
    refused("an unknown member", 400, { body: { ...(body as object), [CANARY]: CANARY } }),
    refused("too large a body", 413, { rawBody: `"${CANARY.repeat(300_000)}"` }),
    refused("another content type", 415, { rawBody: CANARY, headers: { "content-type": "text/plain" } }),
  ];
}

function failures(operation: ContractOperation, valid: Call): Case[] {
  const failed = (name: string, status: number, made: Call) => ({
    name,
    status,
    refused: false,
    made: { ...valid, ...made },
  });
  return [
    ...(hasId(operation) ? [failed("an unknown id", 404, { path: UNKNOWN_PATH })] : []),
    ...(has(operation, "header", "if-match")
      ? [failed("another version", 412, { headers: { "if-match": '"99"' } })]
      : []),
    ...(has(operation, "query", "checkpoint")
      ? [failed("an unknown checkpoint", 404, { query: { checkpoint: UNKNOWN_CHECKPOINT } })]
      : []),
    ...(has(operation, "query", "cursor")
      ? [failed("a cursor of no list", 400, { query: { cursor: CANARY } })]
      : []),
  ];
}

function successes(operation: ContractOperation, valid: Call): Case[] {
  const status = Number(operation.statuses.find((one) => one.startsWith("2")));
  const current = {
    name: "the current version",
    status: 304,
    refused: false,
    made: { ...valid, headers: { "if-none-match": '"1"' } },
  };
  const success = { name: "success", status, refused: false, made: valid };
  return has(operation, "header", "if-none-match") ? [current, success] : [success];
}

async function existing(
  { api }: ContractOperation,
  platform: PlatformAddresses,
): Promise<Record<string, string>> {
  if (api === "audit") return { recordId: await sealedRecord(platform), from: "0", to: "0" };
  const { call } = clientOf(platform.gateway);
  const patientId: string = (await call("createPatient", { body: person() })).body.id;
  const test = await call("createTest", { path: { patientId }, body: someTest() });
  return { patientId, testId: test.body.id as string };
}

function bodyOf({ operationId }: ContractOperation): unknown {
  const make = BODIES[operationId];
  if (!make)
    throw new Error(`The journeys have no body for ${operationId}: add one to ${import.meta.filename}.`);
  return make();
}

const person = () => somebody({ postCode: CANARY_POST_CODE, dateOfBirth: CANARY_BIRTH });

const BODIES: Readonly<Record<string, () => unknown>> = {
  createPatient: person,
  updatePatient: person,
  searchPatients: () => ({ ...person(), dateOfBirthFrom: CANARY_BIRTH, dateOfBirthTo: CANARY_BIRTH }),
  createTest: someTest,
  updateTest: someTest,
};

function has({ parameters }: ContractOperation, where: string, name: string): boolean {
  return parameters.some((one) => one.in === where && one.name === name);
}

function hasId({ path }: ContractOperation): boolean {
  return path.includes("{");
}
