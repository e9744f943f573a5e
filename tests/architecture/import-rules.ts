import { posix } from "node:path";
import ts from "typescript";

/** A source file of the project. */
export interface SourceText {
  /** Relative to the project, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** An import that goes from one room to another. */
interface CrossImport {
  readonly from: string;
  readonly to: string;
  readonly typesOnly: boolean;
}

type Rule = (one: CrossImport) => boolean;

const within =
  (...folders: string[]): Rule =>
  ({ to }) =>
    folders.some((folder) => to.startsWith(`${folder}/`));
const typesOf =
  (folder: string): Rule =>
  ({ to, typesOnly }) =>
    typesOnly && to.startsWith(`${folder}/`);

/** The one file that binds an API's operations to their handlers, so that adding one takes its own file and no other. */
const binding: Rule = ({ from, to }) => {
  const api = /^generated\/([^/]+)\/handlers\.ts$/.exec(from)?.[1];
  return api !== undefined && posix.dirname(to) === `handlers/${api}`;
};

/** What is generated of the handlers' own API; what imports them, only where they are bound, or imports would go in a circle. */
const ownGenerated: Rule = ({ from, to }) => {
  const [, api = "", file] = from.split("/");
  if (!to.startsWith(`generated/${api}/`)) return false;
  return to !== `generated/${api}/handlers.ts` || file === "index.ts";
};

/** DESIGN's import table. A room that is not here may import nothing but itself. */
const MAY_IMPORT: Readonly<Record<string, readonly Rule[]>> = {
  environments: [typesOf("generated")],
  generated: [typesOf("runtime"), binding],
  handlers: [within("runtime"), ownGenerated],
  runtime: [],
  generator: [],
  platform: [],
  portal: [within("generated")],
  infra: [within("generated", "environments"), ({ to }) => /^handlers\/[^/]+\/collections\.ts$/.test(to)],
  loadtest: [within("generated")],
  tests: [() => true],
};

/** What joins the parts of the platform: the files directly in its folder, which alone may import everything. */
const JOINTS = /^platform\/[^/]+\.ts$/;

/** Each import that the table does not allow, as `from → to`. */
export function forbiddenImports(sources: readonly SourceText[]): string[] {
  return sources
    .flatMap(importsOf)
    .filter((one) => roomOf(one.from) !== roomOf(one.to) && !allowed(one))
    .map(({ from, to }) => `${from} → ${to}`);
}

function allowed(one: CrossImport): boolean {
  if (JOINTS.test(one.from)) return true;
  return (MAY_IMPORT[one.from.split("/")[0] ?? ""] ?? []).some((rule) => rule(one));
}

/** Where a file lives: its folder at the root; below `platform` and `handlers` each folder is a room of its own. */
function roomOf(path: string): string {
  const [folder = "", inner = "", ...rest] = path.split("/");
  const hasRooms = folder === "platform" || folder === "handlers" || folder === "generated";
  return hasRooms && rest.length > 0 ? `${folder}/${inner}` : folder;
}

function importsOf({ path, text }: SourceText): CrossImport[] {
  const found: CrossImport[] = [];
  const add = (specifier: ts.Expression | undefined, typesOnly: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier) || !specifier.text.startsWith(".")) return;
    found.push({ from: path, to: posix.join(posix.dirname(path), specifier.text), typesOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const phase = node.importClause?.phaseModifier;
      add(node.moduleSpecifier, phase === ts.SyntaxKind.TypeKeyword);
    }
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  return found;
}
