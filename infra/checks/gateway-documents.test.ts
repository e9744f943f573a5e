import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { readManifest } from "../manifest.ts";
import { filesForGateway } from "./gateway-documents.ts";

const manifest = await readManifest(join(import.meta.dirname, "../.."));

test("an operation without a policy of its own has no file", () => {
  const before = filesForGateway(manifest);
  const bare = {
    ...manifest,
    apis: manifest.apis.map((api) => ({
      ...api,
      gateway: api.gateway && {
        ...api.gateway,
        operations: api.gateway.operations.map((operation) =>
          operation.operationId === "getPatient" ? { ...operation, policy: null } : operation,
        ),
      },
    })),
  };
  const gone = "apim/apis/patient/operations/getPatient.xml";
  expect(before).toContain(gone);
  expect(filesForGateway(bare)).toEqual(before.filter((file) => file !== gone));
});
