import type { CheckContext } from "../check-context.ts";
import { blocksAt } from "../network/security-rules.ts";
import type { StackFinding } from "../stack-finding.ts";
import type { Block, StackIndex } from "../stack-index.ts";

const CHECK = "invariants/diagnostics";

/** What each type has to log, and where: storage logs by its blob service. */
const REQUIRED: Readonly<Record<string, { readonly categories: readonly string[]; readonly part: string }>> =
  {
    azurerm_key_vault: { categories: ["AuditEvent"], part: "" },
    azurerm_storage_account: { categories: ["StorageWrite", "StorageDelete"], part: "/blobServices/default" },
    azurerm_cosmosdb_account: { categories: ["ControlPlaneRequests"], part: "" },
    azurerm_function_app_flex_consumption: { categories: ["FunctionAppLogs"], part: "" },
  };

/** That each resource which keeps or opens something tells the workspace what is done to it. */
export function checkDiagnostics({ index }: CheckContext): StackFinding[] {
  const settings = index.resources("azurerm_monitor_diagnostic_setting").map((block) => ({
    block,
    target: index.text(block.stack, block.body.target_resource_id),
  }));
  const targets = index.resources(...Object.keys(REQUIRED));
  const lacking = targets.flatMap((block) => {
    const { categories, part } = REQUIRED[block.type] ?? { categories: [], part: "" };
    const logged = settings
      .filter(({ target }) => target === idOf(index, block) + part)
      .flatMap((setting) => categoriesOf(setting.block));
    const silent = categories.filter((category) => !logged.includes(category));
    const twice = logged.filter((category, i) => logged.indexOf(category) !== i);
    return [...silent.map((one) => `does not log ${one}`), ...twice.map((one) => `logs ${one} twice`)].map(
      (message) => at(block, message),
    );
  });
  const aimless = settings
    .filter(({ target }) =>
      targets.every((block) => target !== idOf(index, block) + (REQUIRED[block.type]?.part ?? "")),
    )
    .map(({ block, target }) => at(block, `logs what nobody asks for: ${target ?? "nothing"}`));
  const wrong = settings.flatMap(({ block, target }) => {
    const of = targets.find((one) => target?.startsWith(idOf(index, one)));
    // Who read a checkpoint is worth knowing; that a host reads its own storage is not.
    const allowed = [...(of ? (REQUIRED[of.type]?.categories ?? []) : []), "StorageRead"];
    return categoriesOf(block)
      .filter((category) => !allowed.includes(category))
      .map((category) => at(block, `logs ${category}, which ${of?.type ?? "its target"} has not to`));
  });
  return [...lacking, ...aimless, ...wrong];
}

function idOf(index: StackIndex, block: Block): string {
  return index.text(block.stack, `\${${block.address}.id}`) ?? "";
}

function categoriesOf({ body }: Block): string[] {
  return blocksAt(body, "enabled_log").map(({ category }) => String(category));
}

function at({ stack, address }: Block, message: string): StackFinding {
  return { check: CHECK, stack, address, message };
}
