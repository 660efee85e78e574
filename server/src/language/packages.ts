import type { Connection } from "vscode-languageserver";
import { checkPackage } from "../packages/checks/check";
import { verifyPackage } from "../packages/verify";
import {
  MigratorCommandRequest,
  MigratorFormRequest,
  PackageCheckRequest,
  PackageCompareRequest,
  PackageContentsRequest,
  PackageExtractRequest,
  PackageForgetRequest,
  PackageKeyRequest,
  PackagePeekRequest,
  PackagePlanRequest,
  PackageProgressNotification,
  PackageReadRequest,
  PackageReleaseRequest,
  PackageVerifyRequest,
} from "../protocol";
import type { Settings } from "../workspace/settings";
import { compare } from "./packages/comparison";
import { extract, planOf } from "./packages/extraction";
import { migratorCommand, migratorForm } from "./packages/migratorCommand";
import { PackageProblems } from "./packages/problems";
import { peekItem, readItem } from "./packages/reading";
import { contentsOf, findingOf } from "./packages/rows";
import { PasswordKey } from "./packages/sealed";
import { PackageSessions } from "./packages/sessions";
import { cancellable, reporter } from "./packages/work";

export interface Packages {
  /** The settings changed. */
  recheck(): Promise<void>;
  closeAll(): Promise<void>;
}

/** Answers the requests about packages and the Migrator's command lines. */
export function registerPackages(connection: Connection, settings: () => Settings): Packages {
  const sessions = new PackageSessions();
  const key = new PasswordKey();
  const shown = new PackageProblems(
    (params) => connection.sendDiagnostics(params),
    () => settings().rules,
  );
  const tell = (params: PackageProgressNotification.Params): void =>
    void connection.sendNotification(PackageProgressNotification.method, params);

  connection.onRequest(PackageKeyRequest.method, (): PackageKeyRequest.Result => ({
    publicKey: key.publicKey,
  }));
  connection.onRequest(
    PackageContentsRequest.method,
    async ({ uri, password }: PackageContentsRequest.Params): Promise<PackageContentsRequest.Result> => {
      const verdict = password && (await sessions.unlock(uri, key.open(password)));
      const contents = await sessions.use(uri, (opened) => contentsOf(uri, opened));
      const findings = shown.rated(contents.findings);
      return { contents: { ...contents, findings }, ...(verdict ? { verdict } : {}) };
    },
  );
  connection.onRequest(PackageForgetRequest.method, ({ uri }: PackageForgetRequest.Params) =>
    sessions.forget(uri),
  );
  connection.onRequest(PackageReleaseRequest.method, async ({ uri }: PackageReleaseRequest.Params) => {
    await shown.clear(uri);
    await sessions.release(uri);
  });
  connection.onRequest(
    PackageCheckRequest.method,
    async ({ uri }: PackageCheckRequest.Params, token): Promise<PackageCheckRequest.Result> => {
      const { problems } = await cancellable(token, (signal) =>
        sessions.use(uri, (opened) => checkPackage(opened, signal)),
      );
      const findings = problems.map(findingOf);
      await shown.checked(uri, findings);
      return { findings: shown.rated(findings) };
    },
  );
  connection.onRequest(PackageReadRequest.method, (params: PackageReadRequest.Params) =>
    sessions.use(params.uri, (opened) => readItem(opened, params)),
  );
  connection.onRequest(PackagePeekRequest.method, (params: PackagePeekRequest.Params) =>
    sessions.use(params.uri, (opened) => peekItem(opened, params)),
  );
  connection.onRequest(
    PackageVerifyRequest.method,
    async ({ uri, progress }: PackageVerifyRequest.Params, token): Promise<PackageVerifyRequest.Result> => {
      const { proven, locked, bytes, failures, problems } = await cancellable(token, (signal) =>
        sessions.use(uri, (opened) =>
          verifyPackage(opened, { signal, onProgress: reporter(progress, tell) }),
        ),
      );
      const findings = problems.map(findingOf);
      await shown.verified(uri, findings);
      return { proven, locked, bytes, failed: failures.length, findings: shown.rated(findings) };
    },
  );
  connection.onRequest(PackagePlanRequest.method, (params: PackagePlanRequest.Params) =>
    sessions.use(params.uri, (opened) => planOf(opened, params)),
  );
  connection.onRequest(PackageExtractRequest.method, (params: PackageExtractRequest.Params, token) =>
    cancellable(token, (signal) =>
      sessions.use(params.uri, (opened) => extract(opened, params, reporter(params.progress, tell), signal)),
    ),
  );
  connection.onRequest(PackageCompareRequest.method, (params: PackageCompareRequest.Params, token) =>
    cancellable(token, (signal) => compare(sessions, params, reporter(params.progress, tell), signal)),
  );
  connection.onRequest(MigratorFormRequest.method, migratorForm);
  connection.onRequest(MigratorCommandRequest.method, migratorCommand);
  return { recheck: () => shown.recheck(), closeAll: () => sessions.closeAll() };
}
