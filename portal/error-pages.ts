import type { ErrorCatalogue, ErrorEntry } from "./error-catalogue.ts";
import { escapeHtml, layout, portalPath } from "./layout.ts";
import { renderMarkdown } from "./markdown.ts";

const home = { title: "Specimen APIs", path: "/" };
const overview = { title: "Errors", path: "/errors/" };

/** The list of all errors, and what the gateway itself refuses. */
export function errorsPage(catalogue: ErrorCatalogue, style: string): string {
  const rows = [...catalogue.errors]
    .sort((a, b) => a.status - b.status || a.code.localeCompare(b.code))
    .map(row);
  const content = `
${renderMarkdown(withoutTitle(catalogue.introduction))}
<div class="scroll"><table>
<thead><tr><th scope="col">Status</th><th scope="col">Code</th><th scope="col">Title</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table></div>
${renderMarkdown(catalogue.appendix)}`;
  return layout({ title: "Errors", trail: [home], content, style });
}

/** The page that the `type` of a problem leads to. */
export function errorPage(error: ErrorEntry, style: string): string {
  const content = `
<p class="quiet">Status <strong>${error.status}</strong> · code <code>${escapeHtml(error.code)}</code></p>
${renderMarkdown(error.markdown)}`;
  return layout({ title: error.title, trail: [home, overview], content, style });
}

function row({ code, status, title }: ErrorEntry): string {
  const link = `<a href="${portalPath}/errors/${code}/"><code>${code}</code></a>`;
  return `<tr><td>${status}</td><td>${link}</td><td>${escapeHtml(title)}</td></tr>`;
}

/** The layout writes the title. */
function withoutTitle(markdown: string): string {
  return markdown.replace(/^# .+\n/, "");
}
