import { contentSecurityPolicy } from "./seal-page.ts";

/** Where the portal is served. The `type` of each problem names it too (DESIGN.md, decision 4). */
export const portalPath = "/portal";

/** A page of the portal other than an API's reference. */
export interface Page {
  /** Plain text. */
  title: string;
  /** What the page is within, from the start page on; without the page itself. */
  trail: { title: string; path: string }[];
  /** HTML. */
  content: string;
  /** The CSS of every page. */
  style: string;
}

/** A whole page that loads nothing. Its links are absolute, so that it may be served with or without a trailing slash. */
export function layout({ title, trail, content, style }: Page): string {
  const crumbs = trail.map((crumb) => `<a href="${portalPath}${crumb.path}">${escapeHtml(crumb.title)}</a>`);
  const navigation = crumbs.length === 0 ? "" : `<nav aria-label="Breadcrumb">${crumbs.join(" / ")}</nav>`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>
${style}</style>
</head>
<body>
${navigation}
<main>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>
`;
}

/** Text as HTML, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
