import { type Disposable, l10n, type Uri } from "vscode";
import {
  type Decisions,
  type DescribedTarget,
  DescribeTargetsRequest,
  type RunOptions,
  type ScriptArgument,
  ScriptArgumentsRequest,
} from "../../../../server/src/protocol";
import type { Server } from "../../server";
import { PagePanel, type PageValues } from "../pagePanel";
import type { RunnerPlace } from "../runnerProcess";
import { ActiveRun } from "./activeRun";
import { hiddenField, secretField, valueField } from "./previewFields";
import { previewPage } from "./previewPage";
import {
  buildRequest,
  type BuiltRequest,
  dialectOf,
  givenFor,
  type RememberedChoices,
  type RunChoices,
  type RunSpec,
  soundsSecret,
  titlesOf,
  type Wanted,
  wantedBy,
  withArguments,
} from "./runSpec";

/** What previews need of what is around them. */
export interface PreviewHost {
  readonly server: Server;
  readonly media: Uri;
  readonly runner: RunnerPlace;
  /** The folder that runs are kept in. */
  readonly runsFolder: () => string;
  readonly choices: RememberedChoices;
  readonly password: (spec: RunSpec) => Promise<string | undefined>;
  /** The run has been started by its user. */
  readonly onStart: (run: ActiveRun, spec: RunSpec) => void;
  readonly onRead: (run: ActiveRun) => void;
  readonly exportRun: (run: ActiveRun) => Promise<void>;
  readonly showPlan: (run: ActiveRun) => Promise<void>;
}

/** The page before a run: it reads the scripts, says all that matters, and starts the run when it is told to. */
export class Preview implements Disposable {
  private readonly page: PagePanel;
  private run: ActiveRun | undefined;
  private built: BuiltRequest;
  private choices: RunChoices;
  private described: DescribedTarget | undefined;
  /** What the guide's lists say of the scripts' arguments. */
  private listed: readonly ScriptArgument[] = [];
  private started = false;
  private closed = false;

  constructor(
    private readonly host: PreviewHost,
    private specified: RunSpec,
    onClosed: () => void,
  ) {
    const spec = specified;
    this.choices = host.choices.of(spec);
    this.built = buildRequest(spec, this.choices, host.runsFolder());
    const page = {
      title: spec.title,
      lead: l10n.t("Reading the scripts..."),
      facts: [],
      blocks: [],
      actions: [],
    };
    this.page = new PagePanel(
      host.media,
      host.server,
      page,
      (id, values) => this.act(id, values),
      () => {
        this.closed = true;
        if (!this.started) this.run?.dispose();
        onClosed();
      },
    );
  }

  /** What is to be run; with the arguments of all scripts, once they were read. */
  get spec(): RunSpec {
    return this.specified;
  }

  get panel(): PagePanel {
    return this.page;
  }

  get activeRun(): ActiveRun | undefined {
    return this.run;
  }

  /** Reads the scripts and shows what would happen. */
  async read(): Promise<void> {
    this.page.status(l10n.t("Reading the scripts..."), "none", true);
    try {
      await this.survey();
      this.page.status("");
    } catch (error) {
      this.page.status(error instanceof Error ? error.message : String(error), "bad");
    }
  }

  dispose(): void {
    this.page.close();
  }

  private async survey(): Promise<void> {
    const { host } = this;
    const spec = (this.specified = await this.withAllArguments());
    const { title, connection } = spec;
    const params: DescribeTargetsRequest.Params = { targets: [connection.target] };
    const { targets } = await host.server.request<DescribeTargetsRequest.Result>(
      DescribeTargetsRequest.method,
      params,
    );
    this.described = targets[0];
    this.built = buildRequest(spec, this.choices, host.runsFolder());
    // A runner that has ended cannot be asked again.
    if (this.run?.failure !== undefined) this.run = undefined;
    this.run ??= new ActiveRun(host.runner, this.built.request, title, spec.resume);
    const survey = await this.run.read(this.built.request);
    const { secretVariables } = survey;
    const hidden = survey.variables
      .filter(({ name, value }) => value === undefined && soundsSecret(name))
      .map(({ name }) => name)
      .filter((name) => !secretVariables.includes(name));
    if (survey.dialect === "sqlcmd" && hidden.length > 0 && spec.resume === undefined) {
      this.built = buildRequest(spec, this.choices, host.runsFolder(), hidden);
      await this.run.read(this.built.request);
    } else if (spec.resume !== undefined) {
      this.built = { ...this.built, secrets: secretVariables };
    }
    host.onRead(this.run);
    this.show();
  }

  /**
   * Looks up what scripts take of which that is not known. A run that goes on has everything in its journal, but for
   * what people read for it.
   */
  private async withAllArguments(): Promise<RunSpec> {
    const { spec, host } = this;
    if (spec.scripts.every((script) => script.arguments)) return spec;
    const params: ScriptArgumentsRequest.Params = {
      dialect: dialectOf(spec.connection),
      paths: spec.scripts.map(({ path }) => path),
    };
    const { scripts } = await host.server.request<ScriptArgumentsRequest.Result>(
      ScriptArgumentsRequest.method,
      params,
    );
    this.listed = scripts.flatMap(({ listed = [] }) => listed);
    return spec.resume === undefined ? withArguments(spec, scripts) : spec;
  }

  private get wanted(): readonly Wanted[] {
    const { spec, built, listed } = this;
    const known = wantedBy(spec);
    const more = built.secrets.filter((name) => !known.some((each) => each.name === name));
    return [
      ...known,
      ...more.map((name) => ({ ...listed.find((each) => each.name === name), name, secret: true })),
    ];
  }

  private show(): void {
    const { run, spec, choices, built, described, started } = this;
    if (!run?.survey || this.closed) return;
    this.page.show(
      previewPage({
        spec,
        choices,
        wanted: this.wanted,
        missing: spec.resume ? [] : built.missing,
        given: built.request.scripts.map((script) => script.arguments ?? []),
        survey: run.survey,
        where: described?.where ?? "",
        protection: described?.protection ?? "",
        started,
      }),
    );
  }

  private async act(id: string, values: PageValues): Promise<void> {
    switch (id) {
      case "close":
        return this.page.close();
      case "read":
        await this.take(values);
        return await this.read();
      case "dryRun":
        return await this.dryRun(values);
      case "start":
        return await this.start(values);
      case "export":
        if (this.run) await this.host.exportRun(this.run);
        return;
      case "plan":
        if (this.run) await this.host.showPlan(this.run);
    }
  }

  /** Reads all scripts anew, as the run would, and sends nothing. */
  private async dryRun(values: PageValues): Promise<void> {
    await this.take(values);
    await this.read();
    const survey = this.run?.survey;
    if (!survey || this.page.statusText !== "") return;
    const errors = survey.problems.filter(({ severity }) => severity === "error").length;
    const bad = errors > 0 || survey.blocked.length > 0;
    const text = bad
      ? l10n.t(
          "Dry run: the run would not come through. {0} errors, {1} reasons not to start. Nothing was sent.",
          errors,
          survey.blocked.length,
        )
      : l10n.t(
          "Dry run: {0} batches of {1} scripts would be sent, in this order, with {2} destructive statements. Nothing was sent.",
          survey.batches,
          survey.scripts.length,
          survey.destructiveCount,
        );
    this.page.status(text, bad ? "bad" : "good");
  }

  private async start(values: PageValues): Promise<void> {
    const { run, host, spec } = this;
    if (!run?.survey || this.started) return;
    if (await this.take(values)) {
      await this.read();
      this.page.status(
        l10n.t("Values have changed: this is what would run now. Look at it, then start."),
        "attention",
      );
      return;
    }
    const decisions = decisionsOf(values);
    const undecided = this.undecided(decisions);
    if (undecided !== undefined) return this.page.status(undecided, "bad");
    const secrets: Record<string, string> = {};
    for (const name of this.built.secrets) {
      const value = values[`${secretField}${name}`] ?? "";
      if (value === "")
        return this.page.status(l10n.t("Fill in {0} first.", titlesOf(this.wanted)(name)), "bad");
      secrets[name] = value;
    }
    // Nothing is started twice, not even while the password is asked for.
    this.started = true;
    const password = await host.password(spec);
    if (password === undefined) {
      this.started = false;
      return this.page.status(l10n.t("Not started: there is no password."), "attention");
    }
    this.show();
    this.page.status(l10n.t("Started. Progress is in the Runs view and the status bar."), "good");
    host.onStart(run, spec);
    await run.start(password, secrets, decisions);
    this.page.status(
      `${run.ending}: ${run.result?.reason ?? run.failure ?? ""}`,
      run.result?.state === "Completed" ? "good" : "bad",
    );
  }

  private undecided({ besideOtherRun, changedScripts, unfinished }: Decisions): string | undefined {
    const { otherRun, resume } = this.run?.survey ?? {};
    if (otherRun && !besideOtherRun)
      return l10n.t("Another run works on this database: wait for it, or decide to run beside it.");
    if (resume && resume.changed.length > 0 && !changedScripts)
      return l10n.t("Scripts have changed: decide whether to go on with them as they are now.");
    if (resume && (resume.inFlight || resume.rolledBack.length > 0) && unfinished === undefined)
      return l10n.t("Decide whether what did not finish is run again or counts as done.");
    return undefined;
  }

  /** Takes over what is filled in; answers whether it would be another run. */
  private async take(values: PageValues): Promise<boolean> {
    if (this.spec.resume !== undefined) return false;
    const before = this.choices;
    const named = (prefix: string): (readonly [name: string, value: string])[] =>
      Object.entries(values).flatMap(([id, value]) =>
        id.startsWith(prefix) && value !== "" ? [[id.slice(prefix.length), value] as const] : [],
      );
    const hidden = named(hiddenField).map(([name]) => name);
    // What was typed before it was said to be a secret is forgotten.
    const filled = Object.fromEntries(
      named(valueField).filter(
        // What is given stays so until it is changed: another value may be given the next time.
        ([name, value]) => !hidden.includes(name) && givenFor(this.spec, name)?.value !== value,
      ),
    );
    const onError: RunOptions["onError"] = values.onError === "exit" ? "exit" : "ignore";
    this.choices = {
      onError,
      allowOutside: values.allowOutside === "yes",
      values: filled,
      hidden,
    };
    if (same(before, this.choices)) return false;
    await this.host.choices.keep(this.spec, this.choices, this.built.secrets);
    return true;
  }
}

function same(a: RunChoices, b: RunChoices): boolean {
  const sorted = ({ values, ...rest }: RunChoices): string =>
    JSON.stringify([rest.onError, rest.allowOutside, [...rest.hidden].sort(), Object.entries(values).sort()]);
  return sorted(a) === sorted(b);
}

function decisionsOf(values: PageValues): Decisions {
  return {
    ...(values.unfinished === "rerun" || values.unfinished === "skip"
      ? { unfinished: values.unfinished }
      : {}),
    ...(values.changedScripts === "yes" && { changedScripts: true }),
    ...(values.replaySession === "yes" && { replaySession: true }),
    ...(values.besideOtherRun === "yes" && { besideOtherRun: true }),
  };
}
