import { spend } from "../runtime/evaluation.ts";
import { JToken } from "./j-token.ts";

/** `JContainer`: a token that holds others. */
export abstract class JContainer extends JToken {
  abstract removeChild(child: JToken): void;
  abstract replaceChild(child: JToken, value: JToken): void;
  /** The path of a child. */
  abstract pathOf(child: JToken): string;

  /** Whether a token may become a child as it is; one that has a parent is copied instead, as Newtonsoft does. */
  protected takes(token: JToken): boolean {
    return token.parent === null && !this.isWithin(token);
  }

  /** The children between brackets, each on a line of its own when there is an indent. */
  protected writeChildren(open: string, close: string, line: string | null): string {
    spend();
    const children = this.children();
    if (children.length === 0) return open + close;
    const inner = line === null ? null : `${line}  `;
    const items = children.map((child) => (inner ?? "") + child.write(inner));
    return `${open}${items.join(",")}${line ?? ""}${close}`;
  }

  private isWithin(token: JToken): boolean {
    return token === this || (this.parent?.isWithin(token) ?? false);
  }
}
