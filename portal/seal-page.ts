/**
 * What a page of the portal may load: nothing. Scripts and styles are in the page itself; images and fonts are data.
 * Redoc's download buttons make `blob:` addresses, which are no requests.
 */
export const contentSecurityPolicy =
  "default-src 'none'; base-uri 'none'; form-action 'none'; connect-src 'none'; " +
  "script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/**
 * Takes out of a page that Redoc built every address of Redocly's servers (a logo, icons, telemetry), which the page's
 * policy would refuse and the browser complain about.
 *
 * @throws Error when the page would still load something, which a new version of Redoc could bring
 */
export function sealPage(html: string): string {
  const sealed = html
    .replace(/https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(?:-full)?\.svg/g, logo)
    .replace(
      /https:\/\/(?:cdn\.redoc\.ly|cdn\.redocly\.com|otel\.cloud\.redocly\.com)[^\s"'`<>)]*/g,
      "data:,",
    );
  const [outside] = externalResources(sealed);
  if (outside !== undefined)
    throw new Error(`The page would load ${outside}. Seal it in portal/seal-page.ts.`);
  return sealed;
}

/** The tags and style rules of a page that load something from elsewhere. Links that a reader follows are none. */
export function externalResources(html: string): string[] {
  const tags = html.match(/<(?:script|img|iframe|source|video|audio|embed|object|image|use)\b[^>]*>/gi) ?? [];
  const links = html.match(/<link\b[^>]*>/gi) ?? [];
  const rules = html.match(/(?:@import\s+(?:url\()?|url\()\s*["']?(?:https?:)?\/\/[^\s"')]+/gi) ?? [];
  const remote = /\b(?:src|srcset|href|data|poster)\s*=\s*["']?(?!data:|#)[^\s"'>]/i;
  return [...[...tags, ...links].filter((tag) => remote.test(tag)), ...rules];
}

/** Names Redoc, as its own logo does, without a request. */
const logo = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" width="36" height="12"><text y="10" font-family="sans-serif" font-size="11" fill="#555">Redoc</text></svg>`,
)}`;
