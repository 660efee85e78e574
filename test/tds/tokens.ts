/** Tokens of replies, [MS-TDS] 2.2.7. */

const collation = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);

function shortText(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, "utf16le")]);
}

function longText(text: string): Buffer {
  return Buffer.concat([unsigned16(text.length), Buffer.from(text, "utf16le")]);
}

function unsigned16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function unsigned32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function sized(token: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([token]), unsigned16(body.length), body]);
}

export interface Said {
  readonly number: number;
  readonly severity: number;
  readonly state: number;
  readonly text: string;
  readonly line: number;
  readonly procedure?: string;
}

/** INFO up to class 10, ERROR above. */
export function said({ number, severity, state, text, line, procedure = "" }: Said): Buffer {
  const body = Buffer.concat([
    unsigned32(number),
    Buffer.from([state, severity]),
    longText(text),
    shortText("TESTSERVER"),
    shortText(procedure),
    unsigned32(line),
  ]);
  return sized(severity <= 10 ? 0xab : 0xaa, body);
}

export const doneStatus = { more: 1, error: 2, inTransaction: 4, count: 0x10, attention: 0x20 } as const;

/** DONE, DONEPROC, DONEINPROC. */
export function done(status: number, rows = 0, kind: "done" | "proc" | "inProc" = "done"): Buffer {
  const bytes = Buffer.alloc(13);
  bytes[0] = { done: 0xfd, proc: 0xfe, inProc: 0xff }[kind];
  bytes.writeUInt16LE(status, 1);
  bytes.writeUInt16LE(0xc1, 3);
  bytes.writeBigUInt64LE(BigInt(rows), 5);
  return bytes;
}

export function loginAck(): Buffer {
  const body = Buffer.concat([
    Buffer.from([1, 0x74, 0x00, 0x00, 0x04]),
    shortText("Test server"),
    Buffer.from([16, 0, 0, 0]),
  ]);
  return sized(0xad, body);
}

export function databaseChange(name: string, old: string): Buffer {
  return sized(0xe3, Buffer.concat([Buffer.from([1]), shortText(name), shortText(old)]));
}

export function packetSizeChange(size: number): Buffer {
  return sized(0xe3, Buffer.concat([Buffer.from([4]), shortText(String(size)), shortText("4096")]));
}

const descriptor = Buffer.from([8, 1, 2, 3, 4, 5, 6, 7, 8]);

export function transactionChange(change: "begin" | "commit" | "rollback"): Buffer {
  const type = { begin: 8, commit: 9, rollback: 10 }[change];
  const values = change === "begin" ? [descriptor, Buffer.from([0])] : [Buffer.from([0]), descriptor];
  return sized(0xe3, Buffer.concat([Buffer.from([type]), ...values]));
}

/** The columns and values that tests need: INTN, NVARCHAR(4000), and typed bytes for the rest. */
export type Value = number | string | null;

export interface TestColumn {
  readonly name: string;
  readonly type: "int" | "nvarchar" | { readonly typeInfo: Buffer };
}

export function columnMetadata(columns: readonly TestColumn[]): Buffer {
  const parts = columns.map(({ name, type }) => {
    const info =
      type === "int"
        ? Buffer.from([0x26, 4])
        : type === "nvarchar"
          ? Buffer.concat([Buffer.from([0xe7]), unsigned16(8000), collation])
          : type.typeInfo;
    return Buffer.concat([unsigned32(0), unsigned16(0x0009), info, shortText(name)]);
  });
  return Buffer.concat([Buffer.from([0x81]), unsigned16(columns.length), ...parts]);
}

/** A row; values of typed columns are given as the bytes that follow each other on the wire. */
export function row(values: readonly (Value | Buffer)[]): Buffer {
  return Buffer.concat([Buffer.from([0xd1]), ...values.map(valueBytes)]);
}

function valueBytes(value: Value | Buffer): Buffer {
  if (Buffer.isBuffer(value)) return value;
  if (value === null) return Buffer.from([0]);
  if (typeof value === "number") {
    const bytes = Buffer.alloc(5);
    bytes[0] = 4;
    bytes.writeInt32LE(value, 1);
    return bytes;
  }
  const text = Buffer.from(value, "utf16le");
  return Buffer.concat([unsigned16(text.length), text]);
}
