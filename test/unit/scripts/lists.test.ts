import assert from "node:assert/strict";
import { auditFindings } from "../../../server/src/scripts/lists/auditOutput";
import { bindList, type ScriptList } from "../../../server/src/scripts/lists/list";
import {
  commitFrequencyStatement,
  remoteQueryTimeoutStatement,
  scriptLists,
} from "../../../server/src/scripts/lists/scriptLists";
import { SqlcmdSession } from "../../../server/src/scripts/sqlcmd/session";
import { SqlplusSession } from "../../../server/src/scripts/sqlplus/session";
import { planText, texts } from "./memory";

function list(id: string): ScriptList {
  const found = scriptLists.find((each) => each.id === id);
  assert.ok(found, id);
  return found;
}

describe("the guide's script lists", () => {
  it("have the guide's lengths, and every script once", () => {
    const lengths = [
      "sqlserver-source",
      "sqlserver-cleanup",
      "sqlserver-target",
      "oracle-source",
      "oracle-cleanup",
      "oracle-target",
    ].map((id) => list(id).scripts.length);
    assert.deepEqual(lengths, [8, 19, 9, 10, 2, 12]);
    assert.equal(list("oracle-cleanup").procedures.length, 21);
    assert.equal(list("sqlserver-cleanup").procedures[18], "Delete_Dups_UserWorkGroups");
    for (const { id, scripts } of scriptLists) {
      assert.equal(new Set(scripts.map(({ file }) => file)).size, scripts.length, id);
    }
    assert.equal(new Set(scriptLists.map(({ id }) => id)).size, scriptLists.length);
  });

  it("mark every password as a secret", () => {
    for (const { scripts } of scriptLists) {
      for (const { arguments: values } of scripts) {
        for (const { name, secret } of values) assert.equal(secret ?? false, /password/i.test(name), name);
      }
    }
  });

  it("laid beside a folder: found in any case, misspelt, missing, extra, removed", () => {
    const target = list("oracle-target");
    const names = target.scripts.map(({ file }) => file).filter((file) => file !== "Ora_IRBuild.sql");
    const folder = names
      .map((file) => (file === "Create_User_Role.sql" ? "create_user_role.sql" : file))
      .map((file) => (file === "Ora_DialerBuild.sql" ? "Ora_DailerBuild.sql" : file))
      .concat("readme.txt", "mine.sql", "Delete_Dups_IVRInterval.sql");
    const bound = bindList(target, folder);
    const unusual = bound.scripts.filter(
      ({ status, script, name }) => status !== "found" || name !== script.file,
    );
    assert.deepEqual(
      unusual.map(({ script, status, name }) => [script.file, status, name]),
      [
        ["Create_User_Role.sql", "found", "create_user_role.sql"],
        ["Ora_IRBuild.sql", "missing", undefined],
        ["Ora_DialerBuild.sql", "misspelt", "Ora_DailerBuild.sql"],
      ],
    );
    assert.deepEqual([bound.extra, bound.removed], [["mine.sql"], ["Delete_Dups_IVRInterval.sql"]]);
  });

  it("takes no listed script for another one misspelt", () => {
    // ICBuild, IRBuild and IWPBuild are two letters apart.
    const bound = bindList(list("sqlserver-target"), ["IRBuild.sql"]);
    assert.deepEqual(
      bound.scripts
        .filter(({ status }) => status !== "missing")
        .map(({ script, name }) => [script.file, name]),
      [["IRBuild.sql", "IRBuild.sql"]],
    );
  });

  it("does not choose between two names that are nearly right", () => {
    const bound = bindList(list("sqlserver-source"), ["ICUpgrad.sql", "ICUpgradee.sql"]);
    assert.equal(bound.scripts[0]?.status, "missing");
    assert.deepEqual(bound.extra, ["ICUpgrad.sql", "ICUpgradee.sql"]);
  });

  it("reads what the clean-up procedures found", () => {
    const message =
      "(7 row(s) affected)\nRows inserted into dbo.AgentActivityLog_d1305100353 = 7\nRows inserted into dbo.IVR_Interval_n1305100354 = 0";
    assert.deepEqual(auditFindings(message), [
      { table: "AgentActivityLog", kind: "duplicates", copy: "AgentActivityLog_d1305100353", rows: 7 },
      { table: "IVR_Interval", kind: "nulls", copy: "IVR_Interval_n1305100354", rows: 0 },
    ]);
    assert.deepEqual(auditFindings("Rows inserted into dbo.x = 7"), []);
  });

  it("writes statements that run as batches of their dialect", async () => {
    const timeout = await planText(remoteQueryTimeoutStatement(0), new SqlcmdSession());
    assert.deepEqual(texts(timeout.items), ["sp_configure 'remote query timeout', 0;", "RECONFIGURE;"]);
    const commit = await planText(
      commitFrequencyStatement("sqlplus", "CallDetail_Restart", 500),
      new SqlplusSession(),
    );
    assert.deepEqual(texts(commit.items), [
      "update inin_migration.CallDetail_Restart set CommitFrequency = 500",
      "COMMIT",
    ]);
  });
});
