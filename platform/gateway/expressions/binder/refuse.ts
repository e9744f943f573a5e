import { Refusal } from "../syntax/refusal.ts";
import { displayType, type ClrType } from "../types/clr-type.ts";

export function refuse(line: number, problem: string): never {
  throw new Refusal(line, problem);
}

export function refuseConversion(line: number, from: ClrType, to: ClrType): never {
  return refuse(line, `cannot convert ${displayType(from)} to ${displayType(to)}`);
}
