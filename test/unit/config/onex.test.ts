import assert from "node:assert/strict";
import { listenersOf } from "../../../server/src/config/netstat";
import { readRegistryFile } from "../../../server/src/config/registryFile";
import { codes, fixture, found, read } from "./fixture";

const key =
  "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Wow6432Node\\Apache Software Foundation\\Procrun 2.0\\AvayaoneXPortalIPO\\Parameters\\Java]";
const reg = (...lines: string[]): ReturnType<typeof read> =>
  read("x.reg", `Windows Registry Editor Version 5.00\r\n\r\n${key}\r\n${lines.join("\r\n")}\r\n`);
const codesOf = (...lines: string[]): string[] => codes(reg(...lines)).filter((code) => code !== "missing");

describe("config: one-X Portal Java settings", () => {
  it("reads dword as the hexadecimal number it is", () => {
    const document = fixture("onex.reg");
    assert.deepEqual(document.entries.map(({ name, value }) => [name, value]).slice(1), [
      ["JvmMs", "1298 (0x512)"],
      ["JvmMx", "5604 (0x15E4)"],
      ["Options", "-Xrs -XX:MaxPermSize=256m -XX:+HeapDumpOnOutOfMemoryError"],
    ]);
    assert.deepEqual(
      document.problems.map(({ code, severity }) => [code.split("/")[1], severity]),
      [
        ["jvm-32-bit", "error"],
        ["decimal-as-hex", "error"],
        ["options", "warning"],
      ],
    );
    assert.match(document.problems[1]?.message ?? "", /1298 MB.*hexadecimal.*dword:00000200/);
    assert.match(document.problems[2]?.message ?? "", /lacks -XX:-UseGCOverheadLimit\./);
  });

  it("knows the right numbers, the trap and other numbers", () => {
    assert.deepEqual(codesOf('"JvmMs"=dword:00000200', '"JvmMx"=dword:000015E4'), []);
    assert.deepEqual(codesOf('"JvmMx"=dword:00005604'), ["decimal-as-hex"]);
    assert.match(reg('"JvmMx"=dword:00005604').problems.at(-1)?.message ?? "", /22020 MB/);
    assert.deepEqual(codesOf('"JvmMx"=dword:00001000'), ["memory"]);
    assert.deepEqual(codesOf('"JvmMs"="512"'), ["not-dword"]);
    assert.deepEqual(codesOf('"JvmMs"=dword:000015e4', '"JvmMx"=dword:00000200'), [
      "memory",
      "memory-order",
      "memory",
    ]);
  });

  it("wants the key of the 64-bit settings and says what is missing", () => {
    const other = read(
      "x.reg",
      `REGEDIT4\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\AvayaoneXPortalIPO\\Elsewhere]\r\n`,
    );
    assert.deepEqual(codes(other), ["other-key"]);
    const native = read(
      "x.reg",
      `REGEDIT4\r\n${key.replace("Wow6432Node\\", "")}\r\n"Jvm"="C:\\\\j\\\\bin\\\\client\\\\jvm.dll"\r\n`,
    );
    assert.deepEqual(codes(native).sort(), ["jvm-path", "missing", "not-wow64"]);
    assert.deepEqual(codes(read("x.reg", `${key}\r\n`)), ["no-header", "missing"]);
  });

  it("reads registry data over several lines and in both versions", () => {
    const bytes = [..."a\0bc\0\0"].map((char) => char.charCodeAt(0).toString(16).padStart(2, "0"));
    const wide = bytes.flatMap((byte) => [byte, "00"]);
    const values = (head: string, data: string[]): readonly string[] =>
      readRegistryFile(
        `${head}\n[K]\n"x"=hex(7):${data.slice(0, 3).join(",")},\\\n  ${data.slice(3).join(",")}\n`,
      ).values[0]?.strings ?? [];
    assert.deepEqual(values("REGEDIT4", bytes), ["a", "bc"]);
    assert.deepEqual(values("Windows Registry Editor Version 5.00", wide), ["a", "bc"]);
    const flaws = readRegistryFile('REGEDIT4\n[K\n"a"=dword:zz\nnonsense\n; remark\n@="x\\"y"\n');
    assert.deepEqual(
      flaws.flaws.map(({ message }) => message),
      ["The key has no closing bracket.", "This is neither a key nor a value."],
    );
    assert.deepEqual(
      flaws.values.map(({ name, type, text }) => [name, type, text]),
      [
        ["a", "other", undefined],
        ["@", "string", 'x"y'],
      ],
    );
  });

  it("completes a number already in hexadecimal", () => {
    const document = reg('"Jvm');
    const offset = `Windows Registry Editor Version 5.00\r\n\r\n${key}\r\n"Jvm`.length;
    assert.deepEqual(
      document.complete(offset).map(({ insertText }) => insertText),
      ['"JvmMs"=dword:00000200', '"JvmMx"=dword:000015e4'],
    );
  });
});

describe("config: silent installation", () => {
  it("accepts the guide's line, not a remark, and finds what is wrong in others", () => {
    const document = fixture("install.cmd");
    assert.deepEqual(
      document.problems.map(({ code, place }) => [code.split("/")[1], place?.line]),
      [
        ["blank-after-v", 3],
        ["blanks", 3],
        ["port-pair", 3],
        ["empty", 3],
        ["feature", 3],
        ["short-name", 5],
      ],
    );
    assert.deepEqual(found(document, document.text)[3], ["empty", "ONEX_PORTAL_SERVER="]);
  });

  const line = (text: string): string[] => codes(read("x.cmd", `AvayaOneXDesktopClients.exe ${text}`));

  it("wants the form of /s /v", () => {
    assert.deepEqual(line('/s /v"/qn"'), []);
    assert.deepEqual(line("/a"), []);
    assert.deepEqual(line('/v"/qn"'), ["not-silent"]);
    assert.deepEqual(line("/s SECUREMODE=1"), ["no-v"]);
    assert.deepEqual(line("/s /v/qn SECUREMODE=1"), ["no-quote"]);
    assert.deepEqual(line('/s /v"/qn SECUREMODE=1'), ["no-closing-quote"]);
    assert.deepEqual(line('/s /v"SECUREMODE=1 /qn"'), ["qn-first"]);
  });

  it("checks values and pairs", () => {
    const properties = (text: string): string[] => line(`/s /v"/qn ${text}"`);
    assert.deepEqual(properties("SECUREMODE=2"), ["secure-mode"]);
    assert.deepEqual(properties("SECUREMODE=0 PORT_NUMBER=8443"), ["port-pair"]);
    assert.deepEqual(properties("SECUREMODE=0 PORT_NUMBER=8080"), []);
    assert.deepEqual(properties("SECUREMODE=1 PORT_NUMBER=9443"), []);
    assert.deepEqual(properties("SECUREMODE=0 PORT_NUMBER=9443"), ["port-pair"]);
    assert.deepEqual(properties("PORT_NUMBER=8888"), ["port-reserved"]);
    assert.deepEqual(properties("PORT_NUMBER=8089"), ["port-reserved"]);
    assert.deepEqual(properties("PORT_NUMBER=70000"), ["port"]);
    assert.deepEqual(properties("PORT_NUMBER= SECUREMODE=1"), ["empty"]);
    assert.deepEqual(properties("SECUREMODE =1"), ["blanks"]);
    assert.deepEqual(properties("ADDLOCAL=OutlookPlugin,ChangeARP"), []);
    assert.deepEqual(properties("ADDLOCAL=Everything"), ["feature"]);
    assert.deepEqual(properties("securemode=1"), ["case"]);
  });

  it("checks the server names of Interactive Update packages", () => {
    const command = (text: string): string[] => codes(read("x.bat", text));
    assert.deepEqual(command("IUpdateClient.msi providerservername=cic.example.com"), []);
    assert.deepEqual(command("IUpdateClient.msi providerservername=cic"), ["short-name"]);
    assert.deepEqual(command("msiexec /p ICUserApps_64bit_2015_R1_Patch1.msp ICSERVERNAME=cic.example.com"), [
      "patch-property",
    ]);
    assert.deepEqual(command("IUpdateClient.msi ICSERVERNAME=cic.example.com"), ["other-property"]);
    assert.deepEqual(command("ICUserApps_64bit_2015_R1.msi PROVIDERSERVERNAME=cic.example.com"), [
      "other-property",
    ]);
    assert.deepEqual(
      command(
        "start IUpdateClient.msi providerservername=a.b & ICUserApps_64bit_2015_R1.msi ICSERVERNAME=a.b",
      ),
      [],
    );
  });

  it("offers the properties that belong to the installer on the line", () => {
    const text = 'AvayaOneXDesktopClients.exe /s /v"/qn SEC';
    const offered = read("x.cmd", text).complete(text.length);
    assert.deepEqual(
      offered.map(({ label }) => label),
      ["SECUREMODE", "PORT_NUMBER", "ONEX_PORTAL_SERVER", "ADDLOCAL"],
    );
    assert.equal(text.slice(offered[0]?.start), "SEC");
  });
});

describe("config: saved netstat", () => {
  it("takes listening TCP ports, in other Windows languages too, once each", () => {
    const document = fixture("ports.txt");
    assert.deepEqual(
      listenersOf(document.text).map(({ port }) => port),
      [135, 8080, 8080, 8092],
    );
    const used = document.problems.filter(({ code }) => code === "netstat/port-in-use");
    assert.deepEqual(
      used.map(({ message, severity, place }) => [/^Port (\d+)/.exec(message)?.[1], severity, place?.line]),
      [
        ["8080", "warning", 6],
        ["8092", "information", 9],
      ],
    );
    assert.match(used[0]?.message ?? "", /one-X Portal for IP Office needs it: HTTP for users/);
    assert.match(used[1]?.message ?? "", /Interactive Update.*cannot be changed/);
  });

  it("lists the ports that are free", () => {
    const free = fixture("ports.txt").problems.filter(({ code }) => code === "netstat/ports-free");
    assert.deepEqual(
      free.map(({ severity }) => severity),
      ["hint", "hint"],
    );
    assert.match(free[0]?.message ?? "", /8443, 9443, 8666/);
    assert.ok(!/8080/.test(free[0]?.message.split("(")[0] ?? ""));
  });

  it("says on hover who uses a port, and whose the ports are that the portal's installer refuses", () => {
    const text = [8094, 8888, 9999]
      .map((port) => `  TCP    0.0.0.0:${port}           0.0.0.0:0              LISTENING\r\n`)
      .join("");
    const document = read("ports.txt", text);
    const hover = (port: number): string | undefined => document.hover(text.indexOf(String(port)))?.markdown;
    assert.match(hover(8094) ?? "", /Interactive Update: client application to client service/);
    assert.match(hover(8888) ?? "", /ContactStore.*falls back to 8080\. \(documented: one-X Portal/);
    assert.equal(hover(9999), undefined);
  });

  it("reads what Linux prints", () => {
    const text =
      "tcp        0      0 0.0.0.0:8443            0.0.0.0:*               LISTEN\ntcp6       0      0 :::22                   :::*                    LISTEN\n";
    assert.deepEqual(
      listenersOf(text).map(({ port }) => port),
      [8443, 22],
    );
  });
});
