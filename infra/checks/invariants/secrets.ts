import type { CheckContext } from "../check-context.ts";
import { referencesIn } from "../dependencies.ts";
import type { StackFinding } from "../stack-finding.ts";
import type { Block, StackIndex } from "../stack-index.ts";
import { visitStrings } from "../visit-strings.ts";

const CHECK = "invariants/secrets";
const PLACEHOLDER = "set-by-rotate-keys";

/** Nothing else is read: most data sources of this provider bring keys into the state. */
const ALLOWED_DATA = new Set(["terraform_remote_state", "azurerm_client_config"]);

/** Resources whose very existence puts a secret into the state. */
const KEEPERS =
  /^azurerm_(api_management_subscription|.*_(sas|certificate|secret_key|authorization_rule))$|^(random|tls)_/;

/**
 * That no secret is in the stacks, in an output, or read into the state. The one literal that a secret may be is the placeholder
 * that stands until keys are rotated for the first time.
 */
export function checkSecrets({ index }: CheckContext): StackFinding[] {
  return [
    ...index.blocks.flatMap((block) => [
      ...blockFindings(block),
      ...stringFindings(index, block.stack, block.address, block.body),
    ]),
    ...index.documents.flatMap(({ name: stack, document }) => [
      ...Object.entries(document.output ?? {}).flatMap(([name, output]) =>
        stringFindings(index, stack, `output.${name}`, output),
      ),
      ...(["locals", "provider", "terraform", "variable"] as const).flatMap((part) =>
        stringFindings(index, stack, part, document[part] ?? {}),
      ),
    ]),
  ];
}

function blockFindings({ stack, mode, type, address, body }: Block): StackFinding[] {
  const at = (message: string): StackFinding => ({ check: CHECK, stack, address, message });
  return [
    ...(mode === "data" && !ALLOWED_DATA.has(type)
      ? [at(`reads ${type}: what is read is kept in the state`)]
      : []),
    ...(mode === "resource" && KEEPERS.test(type) ? [at(`${type} keeps a secret in the state`)] : []),
    ...(type === "azurerm_key_vault_secret" && body.value !== undefined
      ? [at("value is kept in the state: only value_wo is not")]
      : []),
  ];
}

/** Attributes of resources that are secrets. */
const SECRET_ATTRIBUTE =
  /(^|[._])(primary|secondary|master|readonly|access|function|host|instrumentation|shared|account)_?\w*key$|_keys$|password|(^|[._])secret_value$|connection_strings?$|(^|[._])value(_wo)?$|sas_token|site_credential/;
/** Attributes that take a secret. */
const SECRET_ARGUMENT =
  /(password|secret|access_key|api_key|connection_string|sas_token|token|value_wo|client_secret)$/i;

function stringFindings(
  index: StackIndex,
  stack: Block["stack"],
  address: string,
  value: unknown,
): StackFinding[] {
  const found: StackFinding[] = [];
  const say = (message: string) => found.push({ check: CHECK, stack, address, message });
  visitStrings(value, (text, path) => {
    for (const reference of referencesIn(text)) {
      const secret = secretReferred(index, stack, reference);
      if (secret !== undefined) say(`${path} takes ${secret}, which is a secret`);
    }
    if (/^lifecycle\.|^depends_on\./.test(path)) return;
    const literal = !text.includes("${");
    const argument = path.replace(/\.\d+$/, "");
    if (literal && SECRET_ARGUMENT.test(argument) && text !== PLACEHOLDER && text !== "")
      say(`${path} is written out: a secret has no place here`);
    // Documents have examples of hashes and signatures, and are compared with what was generated.
    const pattern = CONTENT.test(path) ? knownPattern(text) : looksSecret(text);
    if (pattern !== undefined) say(`${path} holds ${pattern}`);
  });
  return found;
}

function secretReferred(
  index: StackIndex,
  stack: Block["stack"],
  path: readonly string[],
): string | undefined {
  // Outputs are judged where they are made.
  if (path[0] === "data" && path[1] === "terraform_remote_state") return undefined;
  const length = path[0] === "data" ? 3 : 2;
  const attribute = path.slice(length).join(".");
  const block = index.block(stack, path.slice(0, length).join("."));
  if (!block || !SECRET_ATTRIBUTE.test(attribute)) return undefined;
  if (block.type === "azurerm_application_insights" && attribute === "connection_string")
    // An address and no more, where keys open nothing.
    return block.body.local_authentication_disabled === true ? undefined : path.join(".");
  return path.join(".");
}

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
  [/\bAccountKey=|\bSharedAccessKey=|\bSharedAccessSignature=/i, "a connection string with a key"],
  [/[?&]sig=[\w%+/=-]{20,}/, "a signed address"],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^/\s:@${}]+:[^/\s@${}]+@/i, "an address with a password"],
  [/\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/, "a token"],
  [/\bInstrumentationKey=/i, "an instrumentation key"],
];

const CONTENT = /^(xml_content|import(\.0)?\.content_value)$/;

function knownPattern(text: string): string | undefined {
  return PATTERNS.find(([one]) => one.test(text))?.[1];
}

function looksSecret(text: string): string | undefined {
  const pattern = knownPattern(text);
  if (pattern !== undefined) return pattern;
  // Keys of Azure are base64 or letters and digits without a pattern; words, names, ids and paths are not.
  const words = text.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Za-z0-9+/]{24,}={0,2}/gi) ?? [];
  return words.some(looksRandom) ? "what looks like a key" : undefined;
}

function looksRandom(word: string): boolean {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(word)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/].filter((kind) => kind.test(word)).length;
  const digits = word.replace(/[^0-9]/g, "").length;
  const isHex = /^[0-9a-f]{32,}$/i.test(word) && digits >= 4;
  return isHex || (kinds === 3 && digits >= 3 && entropyOf(word) > 3.8);
}

/** Bits a character. */
function entropyOf(word: string): number {
  const counts = new Map<string, number>();
  for (const letter of word) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((sum, n) => sum - (n / word.length) * Math.log2(n / word.length), 0);
}
