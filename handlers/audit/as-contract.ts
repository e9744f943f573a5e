/** What the ledger gives, as the contract's types have it: the same, but that they let an answer be written to. Nobody does. */
export function asContract<Given>(value: Given): Writable<Given> {
  return value as Writable<Given>;
}

type Writable<Given> = Given extends readonly (infer Item)[]
  ? Writable<Item>[]
  : Given extends object
    ? { -readonly [Name in keyof Given]: Writable<Given[Name]> }
    : Given;
