import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { Duplex } from "node:stream";
import { createSecureContext, TLSSocket } from "node:tls";
import { packet, packetType } from "./packets";

const folder = join(__dirname, "certificates");

export type Certificate = "localhost" | "other-name" | "expired";

/** The authority that has signed the test certificates. */
export const authorityFile = join(folder, "test-only-ca.pem");

const handshake = 0x16;
const changeCipherSpec = 0x14;

/**
 * The server's side of TLS inside TDS: until the handshake is over, its records travel in PRELOGIN packets; after
 * that, TDS travels in TLS.
 */
export function secured(socket: Socket, certificate: Certificate, alreadyRead: Buffer): TLSSocket {
  let waiting = alreadyRead;
  // A flight of the handshake is one message: the client reads one for each that it sends.
  let flight: Buffer[] = [];
  const sendFlight = (): void => {
    if (flight.length > 0 && !socket.destroyed) {
      socket.write(packet(packetType.prelogin, Buffer.concat(flight), true, 0));
    }
    flight = [];
  };
  let over = false;
  const inner = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, callback) => {
      over ||= chunk[0] !== handshake && chunk[0] !== changeCipherSpec;
      if (over) {
        sendFlight();
        if (!socket.destroyed) socket.write(chunk);
      } else {
        if (flight.length === 0) setImmediate(sendFlight);
        flight.push(chunk);
      }
      callback();
    },
  });
  const take = (bytes: Buffer): void => {
    waiting = Buffer.concat([waiting, bytes]);
    while (waiting.length > 0) {
      if (waiting[0] !== packetType.prelogin) {
        inner.push(waiting);
        waiting = Buffer.alloc(0);
        return;
      }
      if (waiting.length < 8) return;
      const length = waiting.readUInt16BE(2);
      if (waiting.length < length) return;
      inner.push(waiting.subarray(8, length));
      waiting = waiting.subarray(length);
    }
  };
  socket.on("data", take);
  socket.on("close", () => inner.destroy());
  const secureContext = createSecureContext({
    key: readFileSync(join(folder, `test-only-${certificate}-key.pem`)),
    cert: readFileSync(join(folder, `test-only-${certificate}.pem`)),
    maxVersion: "TLSv1.2",
  });
  const tls = new TLSSocket(inner, { isServer: true, secureContext });
  tls.on("error", () => socket.destroy());
  if (alreadyRead.length > 0) take(Buffer.alloc(0));
  return tls;
}
