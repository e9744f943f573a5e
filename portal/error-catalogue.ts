/** One error of `docs/errors.md`. */
export interface ErrorEntry {
  code: string;
  status: number;
  title: string;
  /** What follows the status and the title, as Markdown. */
  markdown: string;
}

/** `docs/errors.md`, read. */
export interface ErrorCatalogue {
  /** The Markdown before the first error. */
  introduction: string;
  errors: ErrorEntry[];
  /** The Markdown from the first section on that is no error, its heading included. */
  appendix: string;
}

/**
 * Reads the catalogue from Markdown. An error is a section of level 2 whose heading is its code, with a line
 * `- Status: <number>` and a line `- Title: <text>`.
 *
 * @param file where the text is from, for the message
 * @throws Error naming file and line, when an error has no status or no title, or is there twice
 */
export function readErrorCatalogue(markdown: string, file: string): ErrorCatalogue {
  const sections = sectionsOf(markdown);
  const errors = sections.filter(isError).map((section) => entryOf(section, file));
  const twice = errors.find((error, index) => errors.findIndex(({ code }) => code === error.code) !== index);
  if (twice) throw new Error(`${file}: ${twice.code} has two sections. Keep one.`);
  const [introduction] = sections;
  const appendix = sections.filter((section) => section.heading !== "" && !isError(section));
  return {
    introduction: introduction?.heading === "" ? introduction.body.trim() : "",
    errors,
    appendix: appendix.map(({ heading, body }) => `## ${heading}\n${body}`).join("\n"),
  };
}

interface Section {
  heading: string;
  body: string;
  /** Where its heading is, from 1. */
  line: number;
}

function sectionsOf(markdown: string): Section[] {
  let current: Section = { heading: "", body: "", line: 1 };
  const sections = [current];
  for (const [index, text] of markdown.split("\n").entries()) {
    const heading = /^## (.+)$/.exec(text)?.[1];
    if (heading === undefined) current.body += `${text}\n`;
    else sections.push((current = { heading: heading.trim(), body: "", line: index + 1 }));
  }
  return sections;
}

function isError({ heading }: Section): boolean {
  return /^[a-z]+(-[a-z0-9]+)+$/.test(heading);
}

function entryOf(section: Section, file: string): ErrorEntry {
  const code = section.heading;
  const status = /^- Status: (\d{3})$/m.exec(section.body)?.[1];
  const title = /^- Title: (.+)$/m.exec(section.body)?.[1];
  if (status === undefined || title === undefined) {
    throw new Error(`${file}:${section.line}: ${code} needs the lines "- Status: 404" and "- Title: …".`);
  }
  const markdown = section.body.replace(/^- (Status|Title): .+\n/gm, "").trim();
  return { code, status: Number(status), title: title.trim(), markdown };
}
