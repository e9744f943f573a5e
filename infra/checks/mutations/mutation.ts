import type { StackDocument, StackName } from "../../stack-document.ts";

/** One change of the synthesised stacks that somebody could make by mistake, or on purpose. */
export interface Mutation {
  /** What is done, such as `drop-attribute`. */
  readonly kind: string;
  readonly stack: StackName;
  /** The type of the resource that is changed, or the part of the document. */
  readonly type: string;
  /** Where: `azurerm_subnet.shared`. */
  readonly address: string;
  /** The attribute that is changed, without indexes; empty when it is the resource as a whole. */
  readonly attribute: string;
  /** Changes a copy of the stack. */
  readonly change: (stack: MutableStack) => void;
}

/** A stack that may be changed. */
export interface MutableStack {
  readonly document: MutableDocument;
  readonly assets: Map<string, string>;
}

export type MutableBlock = Record<string, unknown>;

export interface MutableDocument {
  terraform: MutableBlock;
  provider: MutableBlock;
  resource: Record<string, Record<string, MutableBlock>>;
  data: Record<string, Record<string, MutableBlock>>;
  output: Record<string, MutableBlock>;
}

/** The stacks with one of them changed; those given stay as they are. */
export function mutated(
  documents: readonly StackDocument[],
  { stack, type, change }: Mutation,
): StackDocument[] {
  return documents.map((one) => {
    if (one.name !== stack) return one;
    const { terraform = {}, provider = {}, resource = {}, data = {}, output = {} } = one.document;
    // Only what is changed is copied: checks know again what they have seen before.
    const parts = structuredClone({ terraform, provider, data, output, changed: { ...resource[type] } });
    const document = {
      ...parts,
      resource: { ...resource, ...(resource[type] && { [type]: parts.changed }) },
    } as MutableDocument;
    const assets = new Map(one.assets);
    change({ document, assets });
    return { name: one.name, document, assets };
  });
}

/** One line, for people. */
export function describeMutation({ kind, stack, address, attribute }: Mutation): string {
  return `${kind}  ${stack}/${address}${attribute === "" ? "" : `  ${attribute}`}`;
}
