import { createDecipheriv, createECDH, createHash, type ECDH } from "node:crypto";
import * as l10n from "@vscode/l10n";
import type { SealedPassword } from "../../protocol";

const TAG_BYTES = 16;

/** Opens passwords that were sealed for this process: its key is made with it and never leaves it. */
export class PasswordKey {
  readonly #key: ECDH = createECDH("prime256v1");
  readonly publicKey: string;

  constructor() {
    this.publicKey = this.#key.generateKeys("base64");
  }

  /** @throws when it was sealed for another process, or was changed on its way; never says what was in it */
  open(sealed: SealedPassword): string {
    try {
      const sender = Buffer.from(sealed.publicKey, "base64");
      const key = createHash("sha256")
        .update(this.#key.computeSecret(sender))
        .update(sender)
        .update(Buffer.from(this.publicKey, "base64"))
        .digest();
      const content = Buffer.from(sealed.content, "base64");
      const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(sealed.nonce, "base64"));
      decipher.setAuthTag(content.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(content.subarray(0, -TAG_BYTES)), decipher.final()]).toString(
        "utf8",
      );
    } catch {
      throw new Error(
        l10n.t("The password did not arrive whole: the language server was restarted. Give it again."),
      );
    }
  }
}
