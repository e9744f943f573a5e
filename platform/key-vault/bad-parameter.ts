/** A request that cannot be used: Key Vault's 400 `BadParameter`. The message quotes names of members, never values. */
export class BadParameter extends Error {
  override readonly name = "BadParameter";
}
