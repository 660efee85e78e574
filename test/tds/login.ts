/** What the client says before its first batch, [MS-TDS] 2.2.6.4 and 2.2.6.5. */

export const encryption = { off: 0, on: 1, notSupported: 2, required: 3 } as const;

/** The ENCRYPTION option of a PRELOGIN message. */
export function preloginEncryption(data: Buffer): number | undefined {
  for (let at = 0; at + 5 <= data.length && data[at] !== 0xff; at += 5) {
    if (data[at] === 1) return data[data.readUInt16BE(at + 1)];
  }
  return undefined;
}

/** A PRELOGIN response: version and encryption. */
export function preloginReply(answer: number): Buffer {
  const options = Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff]);
  return Buffer.concat([options, Buffer.from([16, 0, 0x10, 0, 0, 0, answer])]);
}

export interface Login {
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly application: string;
  readonly language: string;
  /** Windows login: the NTLM message, and no user and password. */
  readonly sspi: Buffer;
}

/** A LOGIN7 message. */
export function readLogin(data: Buffer): Login {
  const text = (at: number): Buffer => {
    const offset = data.readUInt16LE(at);
    return data.subarray(offset, offset + data.readUInt16LE(at + 2) * 2);
  };
  const password = Buffer.from(text(44));
  for (const [index, byte] of password.entries()) {
    const mixed = byte ^ 0xa5;
    password[index] = ((mixed << 4) & 0xf0) | (mixed >> 4);
  }
  const sspiAt = data.readUInt16LE(78);
  return {
    user: text(40).toString("utf16le"),
    password: password.toString("utf16le"),
    application: text(48).toString("utf16le"),
    language: text(64).toString("utf16le"),
    database: text(68).toString("utf16le"),
    sspi: data.subarray(sspiAt, sspiAt + data.readUInt16LE(80)),
  };
}

/** The text of a SQL batch, without its headers. */
export function batchText(data: Buffer): string {
  return data.subarray(data.readUInt32LE(0)).toString("utf16le");
}
