import { Marked } from "marked";
import { escapeHtml } from "./layout.ts";

/** Markdown of this project (it may hold HTML) as HTML: headings can be linked to, code blocks scrolled by keyboard. */
export function renderMarkdown(markdown: string): string {
  return renderer.parse(markdown, { async: false });
}

const renderer = new Marked({
  renderer: {
    heading({ tokens, depth, text }) {
      const id = text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "");
      return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
    code({ text }) {
      return `<pre tabindex="0"><code>${escapeHtml(text)}</code></pre>\n`;
    },
  },
});
