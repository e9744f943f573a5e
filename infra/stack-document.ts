/** The stacks, in the order in which they are deployed. */
export const STACKS = ["foundation", "services", "gateway"] as const;

export type StackName = (typeof STACKS)[number];

/** Terraform's JSON configuration syntax, as far as the synthesis writes it. */
export interface TerraformDocument {
  readonly terraform?: Readonly<Record<string, unknown>>;
  readonly provider?: Readonly<Record<string, unknown>>;
  /** By type, then by name. */
  readonly resource?: Readonly<Record<string, Readonly<Record<string, TerraformBlock>>>>;
  /** By type, then by name. */
  readonly data?: Readonly<Record<string, Readonly<Record<string, TerraformBlock>>>>;
  readonly output?: Readonly<Record<string, TerraformBlock>>;
  readonly variable?: Readonly<Record<string, TerraformBlock>>;
  readonly locals?: Readonly<Record<string, unknown>>;
}

export type TerraformBlock = Readonly<Record<string, unknown>>;

/** One synthesised stack: what Terraform reads. */
export interface StackDocument {
  readonly name: StackName;
  /** `cdk.tf.json`, parsed. */
  readonly document: TerraformDocument;
  /** The files that the document refers to, by their path beside it, with their text. */
  readonly assets: ReadonlyMap<string, string>;
}
