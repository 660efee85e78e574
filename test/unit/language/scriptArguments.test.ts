import assert from "node:assert/strict";
import { scriptArguments } from "../../../server/src/language/scripts/arguments";
import type { Dialect } from "../../../server/src/scripts/script";
import { Workplace } from "../database/runHelp";

describe("what scripts take on their command line", () => {
  const found = async (dialect: Dialect, path: string) =>
    (await scriptArguments({ dialect, paths: [path] })).scripts[0];

  it("is what the guide says, for its scripts, wherever they lie", async () => {
    assert.deepEqual((await found("sqlplus", "/copy/create_user_role.SQL"))?.listed?.at(3), {
      name: "owner password",
      title: "owner password",
      secret: true,
    });
    assert.deepEqual(
      (await found("sqlcmd", "/copy/SetupMigratorUser.sql"))?.listed?.map(({ name }) => name),
      ["MigratorUser", "Password", "Database"],
    );
    assert.deepEqual(await found("sqlplus", "/nowhere/x.sql"), { used: [] });
  });

  it("is what the text uses, with included files, passwords known where they stand", async () => {
    using workplace = new Workplace();
    workplace.script("child.sql", "create user &1 identified by &&4;\n");
    const path = workplace.script(
      "x.sql",
      "spool '&1'\ndefine owner_pwd = '&2'\nconnect system/&6@db\n@@child\nset define off\nselect '&9' from dual;\n",
    );
    assert.deepEqual(await found("sqlplus", path), {
      used: [{}, { secret: true }, {}, { secret: true }, {}, { secret: true }],
    });
    assert.deepEqual(await found("sqlcmd", path), { used: [] });
  });
});
