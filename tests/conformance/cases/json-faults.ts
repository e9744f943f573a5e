/** What becomes of a body's JSON; some of it is still JSON, which the oracle says. */
export const JSON_TEXTS: readonly {
  readonly aim: string;
  readonly write: (text: string) => Buffer | string;
}[] = [
  { aim: "truncated", write: (text) => text.slice(0, -1) },
  { aim: "cut in the middle", write: (text) => text.slice(0, Math.ceil(text.length / 2)) },
  { aim: "trailing comma", write: (text) => text.replace(/[\]}]$/, (end) => `,${end}`) },
  { aim: "twice", write: (text) => text + text },
  { aim: "text behind", write: (text) => `${text} x` },
  { aim: "NUL behind", write: (text) => `${text}\0` },
  { aim: "comma before", write: (text) => `,${text}` },
  { aim: "single quotes", write: (text) => text.replaceAll('"', "'") },
  { aim: "comment", write: (text) => `/* a */${text}` },
  { aim: "line comment", write: (text) => `${text}// a` },
  { aim: "blanks around", write: (text) => ` \t\r\n${text}\n\r\t ` },
  { aim: "no-break space", write: (text) => `\u00A0${text}` },
  { aim: "form feed", write: (text) => `\f${text}` },
  { aim: "two byte order marks", write: (text) => `\uFEFF\uFEFF${text}` },
  { aim: "byte order mark behind", write: (text) => `${text}\uFEFF` },
  { aim: "UTF-16", write: (text) => Buffer.from(`\uFEFF${text}`, "utf16le") },
  {
    aim: "Latin-1",
    write: (text) => Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from(',"a":"\u00E9"}', "latin1")]),
  },
  { aim: "first name again", write: again },
  ...plain("blank", [" ", "\n\n", "\t"]),
  ...plain("scalar", ["null", "true", "0", '"a"', "[]", "{}", "-0", "1e400"]),
  ...plain("no scalar", [
    "nul",
    "True",
    "01",
    "-01",
    "+1",
    ".5",
    "1.",
    "1e",
    "0x1",
    "NaN",
    "-Infinity",
    "undefined",
    "'a'",
    '"',
    "-",
  ]),
  ...plain("no object", [
    "{",
    "}",
    "[",
    "]",
    "{,}",
    "{]",
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    "{a:1}",
    '{"a" 1}',
    '{"a":1 "b":2}',
    "[1 2]",
    "[1,]",
  ]),
  ...plain("control character", [
    '{"a":"\n"}',
    '{"a":"\0"}',
    '{"a":"\u001F"}',
    '{"a":"\u007F"}',
    '{"a\t":1}',
  ]),
  ...plain("escape", [
    '{"a":"\\x41"}',
    '{"a":"\\u12"}',
    '{"a":"\\u00e9"}',
    '{"a":"\\/"}',
    '{"a":"\\"}',
    '{"a":"\\u{41}"}',
  ]),
  ...plain("name twice", [
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    '{"b":{"a":1,"a":1}}',
    '[{"a":1,"b":2,"a":3}]',
    '{"__proto__":1,"__proto__":2}',
  ]),
  ...plain("name in each", ['{"a":{"a":1},"b":{"a":1}}', '[{"a":1},{"a":1}]', '{"a":"a","b":"a"}']),
  ...plain("half surrogate", [
    '{"a":"\\ud800"}',
    '{"a":"\\udc00\\ud800"}',
    '{"\\udfff":1}',
    '["\\ud83e\\u0041"]',
    '{"a":"\\ud83e\\uddea"}',
  ]),
  ...bytes("invalid UTF-8", [
    "7b2261223a22ff227d",
    "7b2261223a22c0af227d",
    "7b2261223a22eda080227d",
    "7b2261223a22e282227d",
    "7b2261223a22f4908080227d",
  ]),
  ...plain("deep", [
    lists(64),
    lists(65),
    lists(200),
    objects(64),
    objects(65),
    `{"a":${lists(63)}}`,
    `{"a":${lists(64)}}`,
  ]),
  ...plain("brackets in text", [`["${"[".repeat(100)}"]`, `{"${"{".repeat(100)}":1}`]),
];

function plain(aim: string, texts: readonly string[]): { aim: string; write: () => string }[] {
  return texts.map((text, index) => ({ aim: `${aim} ${index}`, write: () => text }));
}

function bytes(aim: string, texts: readonly string[]): { aim: string; write: () => Buffer }[] {
  return texts.map((text, index) => ({ aim: `${aim} ${index}`, write: () => Buffer.from(text, "hex") }));
}

/** An object whose first member is there twice. */
function again(text: string): string {
  const [first] = /"(?:[^"\\]|\\.)*":/.exec(text) ?? [];
  return first === undefined ? '{"a":1,"a":1}' : text.replace("{", () => `{${first}null,`);
}

function lists(levels: number): string {
  return "[".repeat(levels) + "]".repeat(levels);
}

function objects(levels: number): string {
  return `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
}
