import { createCipheriv, createECDH, createHash, randomBytes } from "node:crypto";
import type { SealedPassword } from "../../../server/src/protocol";

/**
 * Encrypts a password for the language server alone. Messages between editor and server may be written into the
 * log (`handlerWorkbench.trace.server`); a password must not be.
 * @param publicKey the server's, as it gives it
 */
export function seal(password: string, publicKey: string): SealedPassword {
  const receiver = Buffer.from(publicKey, "base64");
  const once = createECDH("prime256v1");
  const sender = once.generateKeys();
  const key = createHash("sha256")
    .update(once.computeSecret(receiver))
    .update(sender)
    .update(receiver)
    .digest();
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const content = [cipher.update(password, "utf8"), cipher.final(), cipher.getAuthTag()];
  return {
    publicKey: sender.toString("base64"),
    nonce: nonce.toString("base64"),
    content: Buffer.concat(content).toString("base64"),
  };
}
