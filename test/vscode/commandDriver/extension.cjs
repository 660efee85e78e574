// The extension of driver.ts: executes what is asked for in files of a folder, and answers there.
const { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { commands, Uri, workspace } = require("vscode");

const folder = readFileSync(join(__dirname, "folder.txt"), "utf8");

async function execute(name) {
  const ask = join(folder, name);
  const { command, args } = JSON.parse(readFileSync(ask, "utf8"));
  rmSync(ask);
  const given = args.map((each) => (each?.$file === undefined ? each : Uri.file(each.$file)));
  const error = await commands.executeCommand(command, ...given).then(() => undefined, String);
  const answer = ask.replace(/\.ask$/, ".answer");
  writeFileSync(`${answer}.draft`, JSON.stringify({ error, trusted: workspace.isTrusted }));
  renameSync(`${answer}.draft`, answer);
}

exports.activate = () => {
  setInterval(() => {
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder).sort()) if (name.endsWith(".ask")) void execute(name);
  }, 50);
};
