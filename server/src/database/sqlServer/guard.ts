import type { Socket } from "node:net";
import * as l10n from "@vscode/l10n";

const tabularResult = 0x04;
const headerLength = 8;
const encryptionOption = 0x01;
const terminator = 0xff;
const encryptOn = 0x01;
const encryptRequired = 0x03;
/** No server says more than this before the login. */
const longest = 4096;

/** The server would go on without TLS. */
export class NotEncryptedError extends Error {}

/**
 * Watches the server's first words on a socket, and destroys it when they do not agree to TLS. The driver itself
 * would go on in the clear then and send the password, whatever its `encrypt` option says. ([MS-TDS] 2.2.6.5,
 * PRELOGIN: the ENCRYPTION option.)
 */
export function requireEncryption(socket: Socket): void {
  let seen = Buffer.alloc(0);
  const look = (chunk: Buffer): void => {
    seen = Buffer.concat([seen, chunk]);
    const agreed = agreesToEncryption(seen);
    if (agreed === undefined && seen.length <= longest) return;
    socket.off("data", look);
    if (agreed !== true)
      socket.destroy(new NotEncryptedError(l10n.t("the server does not encrypt connections")));
  };
  // Before the driver's own listener: the socket is closed before the driver has understood a word.
  socket.on("data", look);
}

/** What a PRELOGIN response says to encryption; undefined while it is incomplete. */
export function agreesToEncryption(bytes: Buffer): boolean | undefined {
  if (bytes.length < headerLength) return undefined;
  const length = bytes.readUInt16BE(2);
  if (bytes[0] !== tabularResult || length <= headerLength) return false;
  if (bytes.length < length) return undefined;
  const payload = bytes.subarray(headerLength, length);
  for (let at = 0; at + 5 <= payload.length && payload[at] !== terminator; at += 5) {
    if (payload[at] !== encryptionOption) continue;
    const value = payload[payload.readUInt16BE(at + 1)];
    return value === encryptOn || value === encryptRequired;
  }
  return false;
}
