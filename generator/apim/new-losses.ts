import type { Finding } from "../finding.ts";
import type { PlatformModel } from "../model/model.ts";
import { compileImport } from "./import-document.ts";
import type { Loss } from "./losses.ts";

/**
 * Notes for what a change brings that APIM will not see, where it is written. A loss is the same when its place in
 * the contract is, whatever its line.
 */
export function judgeNewLosses(base: PlatformModel, head: PlatformModel): Finding[] {
  const known = new Set(lossesOf(base).map(identify));
  return lossesOf(head)
    .filter((loss) => !known.has(identify(loss)))
    .map(({ loss: { at, lost, enforcedBy } }) => ({
      ...{ file: at.file, line: at.line, column: at.column },
      severity: "note",
      rule: "apim/new-loss",
      message: `APIM will not see: ${lost}; what enforces it instead: ${enforcedBy}`,
    }));
}

interface LossOf {
  readonly api: string;
  readonly loss: Loss;
}

function lossesOf(model: PlatformModel): LossOf[] {
  return model.apis.flatMap((api) => {
    const losses = api.gateway ? compileImport(api, api.gateway, model).losses : [];
    return losses.map((loss) => ({ api: api.name, loss }));
  });
}

function identify({ api, loss: { where, lost } }: LossOf): string {
  return JSON.stringify([api, where, lost]);
}
