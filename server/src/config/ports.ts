/** A port that a product needs, from the product's guide. */
import * as l10n from "@vscode/l10n";

export interface NeededPort {
  readonly port: number;
  readonly use: string;
  /** Said where something listens there. */
  readonly advice: string;
}

export interface PortTable {
  readonly product: string;
  readonly source: string;
  readonly ports: readonly NeededPort[];
}

const whenTaken = l10n.t("If the portal is not installed yet, another program has it and must be moved.");
const atInstall = `${whenTaken} ${l10n.t(
  "The port can be chosen at installation only, later by removing and installing again.",
)}`;

/** one-X Portal for IP Office on Windows. */
export const oneXPorts: PortTable = {
  product: "one-X Portal for IP Office",
  source: "one-X Portal for IP Office 9.1 installation guide, section 2.5 “Checking Available Server Ports”",
  ports: [
    { port: 8080, use: l10n.t("HTTP for users and administration"), advice: atInstall },
    { port: 8443, use: l10n.t("HTTPS; Flare and one-X Mobile"), advice: whenTaken },
    { port: 9443, use: l10n.t("HTTPS on Linux; must be free on Windows too"), advice: whenTaken },
    { port: 8666, use: l10n.t("JMX, backup and restore"), advice: atInstall },
    { port: 8063, use: l10n.t("secure web socket of desktop plug-ins"), advice: whenTaken },
    { port: 8069, use: l10n.t("web socket of desktop plug-ins"), advice: whenTaken },
    { port: 5222, use: l10n.t("XMPP clients"), advice: whenTaken },
    { port: 5269, use: l10n.t("XMPP federation"), advice: whenTaken },
    { port: 8444, use: l10n.t("first contact of mobility clients"), advice: whenTaken },
    { port: 6669, use: l10n.t("Exchange calendar notifications"), advice: whenTaken },
    { port: 8086, use: l10n.t("HTTPS of mybuddy"), advice: whenTaken },
    { port: 9094, use: l10n.t("OpenFire XML-RPC and console"), advice: whenTaken },
    { port: 9095, use: l10n.t("OpenFire console over HTTPS"), advice: whenTaken },
    { port: 8005, use: l10n.t("shutdown of Tomcat"), advice: whenTaken },
    { port: 8082, use: l10n.t("database"), advice: whenTaken },
    { port: 9092, use: l10n.t("listener of database clients"), advice: whenTaken },
    { port: 4560, use: "log4j", advice: whenTaken },
  ],
};

/** Ports of other products; asked for one of them, the portal's installer takes 8080. Same section of the guide. */
export const reservedPorts: readonly { readonly port: number; readonly owner: string }[] = [
  { port: 8888, owner: "ContactStore" },
  { port: 8089, owner: "Conferencing Center" },
];

/** Interactive Update provider and client. */
export const updatePorts: PortTable = {
  product: "Interactive Update",
  source: "Interactive Update Technical Reference 2023 R3, “Ports used by Interactive Update”",
  ports: [
    {
      port: 8092,
      use: l10n.t("provider, downloads and web interface"),
      advice: l10n.t(
        "Right on a provider; elsewhere another program has it, and the port cannot be changed.",
      ),
    },
    {
      port: 8042,
      use: l10n.t("client service to client application"),
      advice: l10n.t("Right where the client runs; elsewhere another program has it."),
    },
    {
      port: 8094,
      use: l10n.t("client application to client service"),
      advice: l10n.t("Right where the client runs; elsewhere another program has it."),
    },
    {
      port: 8099,
      use: l10n.t("client application to client service before 2.0 SU 5"),
      advice: l10n.t(
        "An old client, or another program; since 2.0 SU 5 the port is 8094, so firewall rules must follow.",
      ),
    },
  ],
};
