import type { StackName } from "../stack-document.ts";

/** Something wrong in a synthesised stack. It stops the synthesis. */
export interface StackFinding {
  /** Which check found it, such as `references` or `invariants/network`. */
  readonly check: string;
  readonly stack: StackName;
  /** What it is about as Terraform writes it, such as `azurerm_subnet.patient-app`; the document's part where there is no block. */
  readonly address: string;
  /** What is wrong, and what is expected. One line. */
  readonly message: string;
}

/** One line: `services/azurerm_key_vault.shared  invariants/switches  …`. */
export function formatStackFinding({ check, stack, address, message }: StackFinding): string {
  return `${stack}/${address}  ${check}  ${message}`;
}
