import type { Api } from "./read-apis.ts";
import { arrayOf, isObject, objectOf, textOf } from "./json.ts";
import type { JsonObject } from "./json.ts";
import { escapeHtml, layout, portalPath } from "./layout.ts";
import { methods } from "./public-document.ts";

/**
 * The portal's start page: which APIs there are, and where to begin.
 *
 * @param apis with their public documents, code samples included
 */
export function indexPage(apis: Api[], style: string): string {
  const largestFirst = apis.toSorted((one, other) => sizeOf(other) - sizeOf(one));
  const content = `
<p>The results of patients' medical tests, and the register of who saw or changed them.</p>
<h2>APIs</h2>
${largestFirst.map(card).join("")}
<h2>A first call</h2>
<p>Every call needs the key of a subscription in <code>Ocp-Apim-Subscription-Key</code>. Set it once in your shell
(a local platform prints its keys when it starts) and try a sample; each operation of a reference has one.</p>
<pre tabindex="0"><code>export KEY=your-key
${escapeHtml(firstSample(largestFirst))}</code></pre>
<h2>When a call fails</h2>
<p>What an API refuses is a problem (RFC 9457) with a <code>code</code>. <a href="${portalPath}/errors/">The errors</a> say
for each code what it means and what to do next. Quote the <code>requestId</code> when you ask for help.</p>
`;
  return layout({ title: "Specimen APIs", trail: [], content, style });
}

function card({ name, document }: Api): string {
  const info = objectOf(document.info);
  const title = escapeHtml(textOf(info.title));
  const count = operationsOf(document).length;
  return `<section class="card">
<h3><a href="${portalPath}/${name}/">${title}</a></h3>
<p>${escapeHtml(textOf(info.summary))}</p>
<p class="quiet">Version ${escapeHtml(textOf(info.version))} · ${count} operations ·
<a href="${portalPath}/${name}/openapi.json" download="${name}.openapi.json" aria-label="Download the contract of ${title}">download the contract (OpenAPI
${escapeHtml(textOf(document.openapi))})</a></p>
</section>
`;
}

function firstSample(apis: Api[]): string {
  const [operation] = apis.flatMap(({ document }) => operationsOf(document));
  return textOf(objectOf(arrayOf(operation?.["x-codeSamples"])[0]).source);
}

function sizeOf({ document }: Api): number {
  return operationsOf(document).length;
}

function operationsOf(document: JsonObject): JsonObject[] {
  const items = Object.values(objectOf(document.paths)).map(objectOf);
  return items.flatMap((item) => methods.map((method) => item[method]).filter(isObject));
}
