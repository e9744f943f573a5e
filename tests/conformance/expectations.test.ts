import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { catalogue } from "../../runtime/problem/catalogue.ts";
import { readContracts } from "./contract/read-contracts.ts";
import { EXPECTATIONS, PECULIARITIES } from "./expectations.ts";
import { CHANGING_LISTS, CHECKPOINTS, NOT_YET, OUT_OF_REACH, SAME_IDS } from "./single-operations.ts";

const operations = readContracts(join(import.meta.dirname, "../..")).flatMap(
  (contract) => contract.operations,
);
const ids = operations.map(({ operationId }) => operationId);

describe("what is expected beyond the schemas", () => {
  it("has a reason, each", () => {
    const reasons = [...EXPECTATIONS, ...OUT_OF_REACH].map(({ because }) => because);
    for (const reason of [...reasons, ...Object.values(PECULIARITIES)])
      expect(reason.length).toBeGreaterThan(30);
  });

  it.each(EXPECTATIONS.map((one) => [one.id, one] as const))(
    "%s concerns an operation, which declares its status",
    (_, one) => {
      const concerned = operations.filter(one.concerns);
      expect(concerned.length).toBeGreaterThan(0);
      for (const operation of concerned.filter(({ internal }) => !internal || one.by === "app"))
        expect([operation.operationId, ...operation.responses.keys()]).toContain(
          String(one.status(operation)),
        );
    },
  );

  it("names codes of the catalogue", () => {
    const codes = EXPECTATIONS.map(({ code }) => code).filter((code) => code !== null);
    expect(Object.keys(catalogue)).toEqual(expect.arrayContaining(codes));
  });

  it("names operations that there are", () => {
    expect(ids).toEqual(
      expect.arrayContaining([SAME_IDS, CHANGING_LISTS, CHECKPOINTS, NOT_YET].flatMap(Object.keys)),
    );
  });

  it.each(OUT_OF_REACH.map((one) => [one.answer, one] as const))(
    "%s is declared, and so an exception",
    (answer, { of }) => {
      const [status = "", mediaType = ""] = answer.split(" ");
      const declaring = operations.filter(
        (one) =>
          (of?.(one) ?? true) &&
          one.responses.get(status)?.contents.some((content) => content.mediaType === mediaType),
      );
      expect(declaring.length).toBeGreaterThan(0);
    },
  );
});
