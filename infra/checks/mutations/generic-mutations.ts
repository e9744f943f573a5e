import type { StackDocument } from "../../stack-document.ts";
import { leavesOf, setAt, type Leaf } from "./leaves.ts";
import type { Mutation } from "./mutation.ts";

/** What can be done to any resource: to itself, and to each attribute that it sets. */
export function genericMutations(documents: readonly StackDocument[]): Mutation[] {
  return documents.flatMap((stack) =>
    Object.entries(stack.document.resource ?? {}).flatMap(([type, named]) =>
      Object.entries(named).flatMap(([name, block]) => {
        const place = { stack: stack.name, type, address: `${type}.${name}` };
        const { leaves, blocks } = leavesOf(block);
        const edit = (kind: string, { path, attribute }: Leaf, value: unknown): Mutation => ({
          ...place,
          kind,
          attribute,
          change: ({ document }) => setAt(document.resource[type]?.[name] ?? {}, path, value),
        });
        return [
          {
            ...place,
            kind: "drop-resource",
            attribute: "",
            change: ({ document }) => Reflect.deleteProperty(document.resource[type] ?? {}, name),
          },
          {
            ...place,
            kind: "duplicate-resource",
            attribute: "",
            change: ({ document }) => {
              const others = document.resource[type] ?? {};
              others[`${name}-again`] = structuredClone(others[name] ?? {});
            },
          },
          ...blocks.map((leaf) => edit("drop-block", leaf, undefined)),
          ...leaves.flatMap((leaf) => leafMutations(stack, type, leaf, edit)),
        ] satisfies Mutation[];
      }),
    ),
  );
}

const LAST_PRIORITY = 4096;

type Edit = (kind: string, leaf: Leaf, value: unknown) => Mutation;

function leafMutations(stack: StackDocument, type: string, leaf: Leaf, edit: Edit): Mutation[] {
  const { value, attribute } = leaf;
  if (attribute.startsWith("depends_on")) {
    const [of = ""] = String(value).split(".");
    return [edit("drop-dependency", { ...leaf, attribute: `depends_on ${of}` }, undefined)];
  }
  const drop = edit("drop-attribute", leaf, undefined);
  if (typeof value === "boolean") return [drop, edit("flip", leaf, !value)];
  if (typeof value === "number")
    // The last rule has the last priority: it has mutations of its own.
    return value === LAST_PRIORITY ? [drop] : [drop, edit("change-number", leaf, value + 1)];
  const text = String(value);
  const reference = /^\$\{([a-z_]+)\.([\w-]+)\.([\w.]+)\}$/.exec(text);
  if (!reference) return [drop, ...textMutations(leaf, text, edit)];
  const [, of = "", name = "", rest = ""] = reference;
  const siblings = Object.keys(stack.document.resource?.[of] ?? {}).filter((one) => one !== name);
  const [sibling] = siblings;
  return [
    drop,
    edit("rename-reference", leaf, `\${${of}.${name}-gone.${rest}}`),
    edit("misspell-attribute", leaf, `\${${of}.${name}.${rest}x}`),
    ...(sibling === undefined || of === type
      ? []
      : [edit("swap-reference", leaf, `\${${of}.${sibling}.${rest}}`)]),
  ];
}

/** A text becomes another that looks like it. */
function textMutations(leaf: Leaf, text: string, edit: Edit): Mutation[] {
  const changed = edit("change-text", leaf, /\d$/.test(text) ? `${text}0` : `${text}x`);
  return text.length > 500 || text.includes("${")
    ? [changed, edit("stray-template", leaf, `${text} \${stray}`)]
    : [changed, edit("empty-text", leaf, text === "" ? "x" : "")];
}
