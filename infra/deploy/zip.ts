import { crc32, deflateRawSync } from "node:zlib";

export interface ZipEntry {
  /** With slashes, and none at its beginning. */
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * A ZIP archive that is the same for the same entries: in order of their paths, without a time, readable for everybody.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (4.3.7 local header, 4.3.12 central directory, 4.3.16 its end)
 */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, content } of entries.toSorted((one, other) => (one.path < other.path ? -1 : 1))) {
    const name = Buffer.from(path, "utf8");
    const packed = deflateRawSync(content, { level: 9 });
    const common = commonHeader(content, packed, name);
    const local = Buffer.concat([uint32(LOCAL), common, name, packed]);
    const attributes = Buffer.concat([uint16(0, 0, 0), uint32(REGULAR_FILE), uint32(offset)]);
    directory.push(uint32(CENTRAL), uint16(MADE_BY_UNIX), common, attributes, name);
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = [
    uint32(END),
    uint16(0, 0, entries.length, entries.length),
    uint32(central.length, offset),
    uint16(0),
  ];
  return Buffer.concat([...locals, central, ...end]);
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Version 2.0 of the format, on Unix, whose permissions the external attributes hold. */
const MADE_BY_UNIX = (3 << 8) | 20;
/** -rw-r--r-- of a regular file. */
const REGULAR_FILE = ((0o100644 << 16) >>> 0) >>> 0;
const VERSION = 20;
const UTF8_NAMES = 1 << 11;
const DEFLATED = 8;
/** 1980-01-01 00:00, the first moment of the format. */
const [NO_TIME, NO_DATE] = [0, (1 << 5) | 1];

/** What both headers of an entry have, from the version to the length of the extra field. */
function commonHeader(content: Uint8Array, packed: Uint8Array, name: Uint8Array): Buffer {
  return Buffer.concat([
    uint16(VERSION, UTF8_NAMES, DEFLATED, NO_TIME, NO_DATE),
    uint32(crc32(content), packed.length, content.length),
    uint16(name.length, 0),
  ]);
}

function uint16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16LE(value, index * 2));
  return bytes;
}

function uint32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32LE(value, index * 4));
  return bytes;
}
