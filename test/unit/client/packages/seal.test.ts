import assert from "node:assert/strict";
import { seal } from "../../../../client/src/packages/seal";
import { PasswordKey } from "../../../../server/src/language/packages/sealed";

describe("passwords on their way to the server", () => {
  const key = new PasswordKey();

  it("arrive as they were sent", () => {
    for (const password of ["x", "päßwörd 密码", "a".repeat(5000)]) {
      assert.equal(key.open(seal(password, key.publicKey)), password);
    }
  });

  it("show neither the password nor that two are the same", () => {
    const [one, other] = [seal("the same", key.publicKey), seal("the same", key.publicKey)];
    assert.notEqual(one.content, other.content);
    const text = JSON.stringify(one);
    assert.ok(!text.includes("the same") && !text.includes(Buffer.from("the same").toString("base64")));
  });

  it("are not opened by another server, nor when they were changed", () => {
    const sealed = seal("secret", key.publicKey);
    assert.throws(() => new PasswordKey().open(sealed), /Give it again/);
    const bytes = Buffer.from(sealed.content, "base64");
    bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
    assert.throws(() => key.open({ ...sealed, content: bytes.toString("base64") }), /Give it again/);
    assert.throws(() => key.open({ publicKey: "", nonce: "", content: "" }), /Give it again/);
  });
});
