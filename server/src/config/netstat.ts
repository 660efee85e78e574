import * as l10n from "@vscode/l10n";
import { certaintyNote } from "../problem";
import {
  type ConfigFormat,
  type ConfigSource,
  findings,
  linesOf,
  plain,
  type Reading,
  type TextRange,
} from "./format";
import { oneXPorts, type PortTable, reservedPorts, updatePorts } from "./ports";

/** A TCP port that something listens on. */
export interface Listener extends TextRange {
  readonly port: number;
  readonly address: string;
}

/** `TCP local remote state` as Windows prints it, or `tcp 0 0 local remote state`. */
const row = /^\s*tcp[46]?\s+(?:\d+\s+\d+\s+)?(\S+):(\d{1,5})\s+(\S+?):(\d{1,5}|\*)(?:\s+(\S+))?/i;

/** The listening ports of a saved `netstat -an`; the state is translated on other Windows languages. */
export function listenersOf(text: string): Listener[] {
  return linesOf(text).flatMap(({ text: line, start, end }) => {
    const [, address, port, , remotePort, state] = row.exec(line) ?? [];
    if (address === undefined || port === undefined) return [];
    const listens = /^LISTEN(?:ING)?$/i.test(state ?? "") || remotePort === "0" || remotePort === "*";
    return listens ? [{ address, port: Number(port), start, end }] : [];
  });
}

/** A saved `netstat -an`, held against the ports one-X Portal and Interactive Update need. */
export const netstat: ConfigFormat = {
  id: "netstat",
  title: l10n.t("saved netstat"),
  matches: (name, text) =>
    /\.(?:txt|log|out)$/i.test(name) && text.split("\n", 200).filter((line) => row.test(line)).length >= 2,
  read,
};

const tables: readonly (readonly [PortTable, "warning" | "information"])[] = [
  [oneXPorts, "warning"],
  [updatePorts, "information"],
];

function read({ text }: ConfigSource): Reading {
  const { list, say } = findings("netstat");
  const listeners = listenersOf(text);
  const first = new Map<number, Listener>();
  for (const listener of listeners) if (!first.has(listener.port)) first.set(listener.port, listener);
  if (listeners.length === 0)
    say(
      "nothing-listens",
      "warning",
      { start: 0, end: 0 },
      l10n.t("No listening port is in this file. Save the output of: netstat -an > ports.txt"),
      "documented",
      oneXPorts.source,
    );
  for (const [{ product, source, ports }, severity] of tables) {
    for (const { port, use, advice } of ports) {
      const listener = first.get(port);
      if (!listener) continue;
      say(
        "port-in-use",
        severity,
        listener,
        l10n.t("Port {0} is in use. {1} needs it: {2}. {3}", port, product, use, advice),
        "documented",
        source,
      );
    }
    const free = ports.filter(({ port }) => !first.has(port)).map(({ port }) => port);
    if (listeners.length > 0 && free.length > 0)
      say(
        "ports-free",
        "hint",
        { start: 0, end: 0 },
        l10n.t("Free for {0}: {1}.", product, free.join(", ")),
        "documented",
        source,
      );
  }
  return {
    entries: listeners.map(({ port, address, start, end }) => ({
      name: String(port),
      value: address,
      start,
      end,
    })),
    findings: list,
    notes: listeners.flatMap(({ port, start, end }) => {
      const uses = usesOf(port);
      if (uses.length === 0) return [];
      const said = uses.map(
        ({ text, source }) => `${plain(text)} (${plain(certaintyNote("documented", source))})`,
      );
      return [{ start, end, markdown: `**${port}**\n\n${said.join("\n\n")}` }];
    }),
  };
}

/** What the guides say about a port, one sentence a product. */
function usesOf(port: number): { readonly text: string; readonly source: string }[] {
  const needed = tables.flatMap(([{ product, source, ports }]) =>
    ports
      .filter((each) => each.port === port)
      .map(({ use, advice }) => ({ text: `${product}: ${use}. ${advice}`, source })),
  );
  const reserved = reservedPorts
    .filter((each) => each.port === port)
    .map(({ owner }) => ({
      text: l10n.t(
        "{0}. The installer of {1} does not take this port and falls back to 8080.",
        owner,
        oneXPorts.product,
      ),
      source: oneXPorts.source,
    }));
  return [...needed, ...reserved];
}
