import { AES_EXTRA, type ZipRecord } from "./record";
import { type ByteSource, WindowSource } from "./source";

/** More is needed than fits into the 32-bit field. */
const MAX_32 = 0xffffffff;

/**
 * A zip of one entry: its bytes as they lie in the whole zip, and a directory of one line behind them. The
 * library finds an entry by reading a zip's directory; so it reads one line instead of 50,000, wherever the entry
 * is, and nothing of the whole directory has to be kept.
 * @param end where the bytes of the entry end at the latest
 */
export function singleEntry(source: ByteSource, record: ZipRecord, end: number): ByteSource {
  const body = new WindowSource(
    source,
    record.offset,
    Math.max(0, Math.min(end, source.size) - record.offset),
  );
  return new JoinedSource(body, directoryOf(record, body.size));
}

/** One after the other. */
class JoinedSource implements ByteSource {
  readonly size: number;

  constructor(
    private readonly body: ByteSource,
    private readonly tail: Uint8Array,
  ) {
    this.size = body.size + tail.length;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const inTail = Math.max(0, offset - this.body.size);
    const fromTail = this.tail.subarray(inTail, Math.max(inTail, offset + length - this.body.size));
    if (offset >= this.body.size) return fromTail;
    const fromBody = await this.body.read(offset, Math.min(length, this.body.size - offset));
    return fromTail.length === 0 ? fromBody : Buffer.concat([fromBody, fromTail]);
  }
}

/** APPNOTE.TXT sections 4.3.12, 4.3.14 to 4.3.16 and 4.5.3: one line and the end records, always in 64-bit form. */
function directoryOf(record: ZipRecord, directoryOffset: number): Uint8Array {
  const { raw } = record;
  const zip64 = Buffer.alloc(20);
  zip64.writeUInt16LE(0x0001, 0);
  zip64.writeUInt16LE(16, 2);
  zip64.writeBigUInt64LE(BigInt(record.size), 4);
  zip64.writeBigUInt64LE(BigInt(record.packed), 12);
  const aes = Buffer.alloc(raw.aes ? 4 + raw.aes.length : 0);
  if (raw.aes) {
    aes.writeUInt16LE(AES_EXTRA, 0);
    aes.writeUInt16LE(raw.aes.length, 2);
    aes.set(raw.aes, 4);
  }
  const line = Buffer.alloc(46);
  line.writeUInt32LE(0x02014b50, 0);
  line.writeUInt16LE(raw.version, 6);
  line.writeUInt16LE(raw.flags, 8);
  line.writeUInt16LE(raw.aes ? 99 : raw.method, 10);
  line.writeUInt32LE(raw.time >>> 0, 12);
  line.writeUInt32LE(record.crc32 ?? 0, 16);
  line.writeUInt32LE(MAX_32, 20);
  line.writeUInt32LE(MAX_32, 24);
  line.writeUInt16LE(1, 28);
  line.writeUInt16LE(zip64.length + aes.length, 30);
  const lineBytes = 46 + 1 + zip64.length + aes.length;

  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeUInt16LE(45, 12);
  end64.writeUInt16LE(45, 14);
  end64.writeBigUInt64LE(1n, 24);
  end64.writeBigUInt64LE(1n, 32);
  end64.writeBigUInt64LE(BigInt(lineBytes), 40);
  end64.writeBigUInt64LE(BigInt(directoryOffset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(directoryOffset + lineBytes), 8);
  locator.writeUInt32LE(1, 16);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(MAX_32, 12);
  end.writeUInt32LE(MAX_32, 16);
  return Buffer.concat([line, Buffer.from("e"), zip64, aes, end64, locator, end]);
}
