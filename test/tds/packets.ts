/** [MS-TDS] 2.2.3: packets of a header of eight bytes and data; a message is one or more of them. */
export const packetType = {
  batch: 0x01,
  reply: 0x04,
  attention: 0x06,
  login: 0x10,
  sspi: 0x11,
  prelogin: 0x12,
} as const;

const headerLength = 8;
const endOfMessage = 0x01;
const ignore = 0x02;

export interface Message {
  readonly type: number;
  readonly data: Buffer;
  /** The client has changed its mind while sending it. */
  readonly ignored: boolean;
}

/** Puts messages together from bytes that come in pieces of any size. */
export class MessageReader {
  private waiting = Buffer.alloc(0);
  private parts: Buffer[] = [];

  *push(bytes: Buffer): Generator<Message> {
    this.waiting = Buffer.concat([this.waiting, bytes]);
    while (this.waiting.length >= headerLength) {
      const length = this.waiting.readUInt16BE(2);
      if (this.waiting.length < length) return;
      const [type = 0, status = 0] = this.waiting;
      this.parts.push(this.waiting.subarray(headerLength, length));
      this.waiting = this.waiting.subarray(length);
      if ((status & endOfMessage) === 0) continue;
      const data = Buffer.concat(this.parts);
      this.parts = [];
      yield { type, data, ignored: (status & ignore) !== 0 };
    }
  }
}

/** One packet. */
export function packet(type: number, data: Buffer, last: boolean, id: number): Buffer {
  const header = Buffer.alloc(headerLength);
  header[0] = type;
  header[1] = last ? endOfMessage : 0;
  header.writeUInt16BE(headerLength + data.length, 2);
  header[6] = id & 0xff;
  return Buffer.concat([header, data]);
}

/** Sends one message as packets of at most `size` bytes, as data for it comes. */
export class MessageWriter {
  private waiting: Buffer[] = [];
  private length = 0;
  private id = 1;

  constructor(
    private readonly type: number,
    private readonly size: number,
    private readonly send: (packet: Buffer) => void,
  ) {}

  write(data: Buffer): void {
    this.waiting.push(data);
    this.length += data.length;
    const room = this.size - headerLength;
    if (this.length <= room) return;
    let all = Buffer.concat(this.waiting);
    while (all.length > room) {
      this.send(packet(this.type, all.subarray(0, room), false, this.id++));
      all = all.subarray(room);
    }
    this.waiting = [all];
    this.length = all.length;
  }

  /** What is there so far goes out, as RAISERROR WITH NOWAIT does it. */
  flush(): void {
    if (this.length > 0) this.send(packet(this.type, Buffer.concat(this.waiting), false, this.id++));
    this.waiting = [];
    this.length = 0;
  }

  end(): void {
    this.send(packet(this.type, Buffer.concat(this.waiting), true, this.id++));
  }
}
