/** Settings that cannot be used: its message names each, one a line, with what was read and what is expected. */
export class SettingFaults extends Error {
  override readonly name = "SettingFaults";
  /** Each begins with the file that it is in. */
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join("\n"));
    this.faults = faults;
  }

  /** @param where the file, relative to the project */
  static in(where: string, faults: readonly string[]): SettingFaults {
    return new SettingFaults(faults.map((fault) => `${where}: ${fault}`));
  }
}
