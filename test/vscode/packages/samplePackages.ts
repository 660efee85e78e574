import { join } from "node:path";
import { toIhd } from "../../builder/ihd";
import { newBase, oldBase } from "../../fixtures/handlers/releases";
import { type Content, packagePassword, writePackage } from "./makePackages";

/** Two exports of one server, a month apart, in the folder `Exports` of a workspace. */
export const oldPackage = "Exports/SRV-CHICAGO_05102026091650.ininmigr";
export const newPackage = "Exports/SRV-CHICAGO_06092026143839.ininmigr";

/** Writes both; their handlers, users and Dialer configuration differ. */
export async function writeSamplePackages(workspace: string): Promise<void> {
  await writePackage(join(workspace, oldPackage), content(false), packagePassword);
  await writePackage(join(workspace, newPackage), content(true), packagePassword);
}

export function content(isNew: boolean): Content {
  return {
    "Users.zip": {
      "users.xml": users(isNew ? ["Ada", "Grace", "Katherine"] : ["Ada", "Grace"]),
      "roles.xml": "<roles>\n  <role name='Agent'/>\n</roles>\n",
    },
    "Workgroups.zip": { "workgroups.xml": "<workgroups>\n  <workgroup name='Sales'/>\n</workgroups>\n" },
    "AdminConfig/LicenseAllocation.xml": "<allocation/>\n",
    "IP/Handlers.zip": handlers(isNew),
    "Interaction Dialer/dialer_config.xml": dialer(isNew ? "Summer" : "Spring"),
    "Server Parameters/parameters.xml": parameters,
    "Interaction Attendant/Waves/welcome.bin": Uint8Array.from({ length: 4096 }, (_, at) => (at * 31) % 256),
    ...(isNew ? { "Reports/Queue Summary.txt": "Queue;Calls\r\nSales;42\r\n" } : {}),
    "readme.txt": "Exported by Interaction Migrator.\r\n",
  };
}

/** Those of a release, by file name. */
export function handlers(isNew: boolean): Readonly<Record<string, Uint8Array>> {
  const release = (isNew ? newBase : oldBase).filter(({ folder }) => folder === "IVR");
  return Object.fromEntries(
    release.map(({ build }) => {
      const built = build();
      return [`${built.name}.ihd`, toIhd(built)];
    }),
  );
}

function users(names: readonly string[]): string {
  const lines = names.map((name) => `  <user name='${name}' extension='10${name.length}'/>`);
  return `<users>\n${lines.join("\n")}\n</users>\n`;
}

function dialer(name: string): string {
  return `<?xml version="1.0"?>
<DIALERCONFIG2>
  <OBJECTS>
    <CAMPAIGN><ID>1</ID><NAME>${name}</NAME></CAMPAIGN>
  </OBJECTS>
</DIALERCONFIG2>
`;
}

const parameters = `<?xml version="1.0"?>
<ServerParameters>
  <Parameter Name="LineQueueReportingInterval" Value="30"/>
  <Parameter Name="Report File Path_migrated" Value="D:\\I3\\IC\\Reports"/>
  <Parameter Name="CompanyOpeningHours" Value="8-18"/>
</ServerParameters>
`;
