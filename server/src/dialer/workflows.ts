import { type UdlState, udlReferences, udlState } from "./connections";
import { type DialerConfiguration, type DialerObject, fields, targetsOf, titleOf, valueOf } from "./model";
import type { Surroundings } from "./surroundings";
import { isOn } from "./vocabulary";

/** Statuses of a workflow in the Database Migration Assistant for Dialer. */
export const workflowStatuses = ["Active", "Completed", "Off", "Error"] as const;
export type WorkflowStatus = (typeof workflowStatuses)[number];

/**
 * A workflow of Dialer 2.4 or 3.0. How those releases write workflows is not public, so everything but the
 * name is inferred: `undefined` means that the file does not tell.
 */
export interface Workflow {
  readonly object: DialerObject;
  readonly name: string;
  readonly status: WorkflowStatus | undefined;
  readonly paused: boolean | undefined;
  readonly deleted: boolean;
  readonly campaigns: readonly DialerObject[];
  /** The `.udl` files behind its own and its campaigns' connections. */
  readonly dataSources: readonly { readonly file: string; readonly state: UdlState }[];
}

/** The workflows of a configuration with their campaigns and data sources; none in a 4.x file. */
export function workflowsOf(model: DialerConfiguration, surroundings: Surroundings = {}): Workflow[] {
  const objects = model.objects.filter(({ kind }) => kind === "workflow");
  if (objects.length === 0) return [];
  const links = campaignLinks(model, objects);
  const neighbours = neighboursOf(model);
  const files = new Map<DialerObject, string[]>();
  for (const { owner, file } of udlReferences(model)) files.set(owner, [...(files.get(owner) ?? []), file]);
  return objects.map((object) => {
    const campaigns = [...(links.get(object) ?? [])];
    const sources = new Map<string, string>();
    for (const start of [object, ...campaigns])
      for (const near of withinTwoSteps(start, neighbours))
        for (const file of files.get(near) ?? []) sources.set(file.toLowerCase(), file);
    return {
      object,
      name: titleOf(object),
      status: statusOf(model.text, object),
      paused: pausedOf(model.text, object),
      deleted: object.deleted !== undefined,
      campaigns,
      dataSources: [...sources.values()].map((file) => ({ file, state: udlState(file, surroundings) })),
    };
  });
}

/** What the selection list of the Database Migration Assistant can be narrowed by. */
export interface WorkflowFilter {
  readonly paused?: boolean;
  readonly deleted?: boolean;
  /** `undefined` in the list stands for workflows whose status the file does not tell. */
  readonly statuses?: readonly (WorkflowStatus | undefined)[];
  /** `.udl` file names, in any case. */
  readonly dataSources?: readonly string[];
  /** Part of the name, in any case. */
  readonly name?: string;
}

export function selectWorkflows(workflows: readonly Workflow[], filter: WorkflowFilter): Workflow[] {
  const sources = filter.dataSources?.map((file) => file.toLowerCase());
  const name = filter.name?.toLowerCase() ?? "";
  return workflows.filter(
    (workflow) =>
      (filter.paused === undefined || (workflow.paused ?? false) === filter.paused) &&
      (filter.deleted === undefined || workflow.deleted === filter.deleted) &&
      (filter.statuses === undefined || filter.statuses.includes(workflow.status)) &&
      (sources === undefined ||
        workflow.dataSources.some(({ file }) => sources.includes(file.toLowerCase()))) &&
      workflow.name.toLowerCase().includes(name),
  );
}

/** The workflows of every campaign: nested in it, referring to it or referred to by it, or named by it. */
function campaignLinks(
  model: DialerConfiguration,
  workflows: readonly DialerObject[],
): Map<DialerObject, Set<DialerObject>> {
  const links = new Map<DialerObject, Set<DialerObject>>(workflows.map((workflow) => [workflow, new Set()]));
  const byName = new Map(
    workflows.flatMap((workflow) =>
      workflow.name ? [[workflow.name.toLowerCase(), workflow] as const] : [],
    ),
  );
  const link = (a: DialerObject | undefined, b: DialerObject | undefined): void => {
    if (a?.kind === "workflow" && b?.kind === "campaign") links.get(a)?.add(b);
    if (a?.kind === "campaign" && b?.kind === "workflow") links.get(b)?.add(a);
  };
  for (const { from, target } of model.references) {
    const owner = from?.level === "part" ? from.owner : from;
    for (const to of targetsOf(model, target)) link(owner, to.level === "object" ? to : to.owner);
  }
  for (const object of model.objects) {
    if (object.kind !== "campaign") continue;
    for (let around = object.owner; around; around = around.owner) link(object, around);
    for (const { value } of fields(model.text, object, (name) => name.includes("workflow")))
      link(object, byName.get(value.toLowerCase()));
  }
  return links;
}

/** What every object refers to; whole objects, not parts. */
function neighboursOf(model: DialerConfiguration): Map<DialerObject, Set<DialerObject>> {
  const neighbours = new Map<DialerObject, Set<DialerObject>>();
  for (const { from, target } of model.references) {
    const owner = from?.level === "part" ? from.owner : from;
    if (!owner) continue;
    const set = neighbours.get(owner) ?? new Set();
    neighbours.set(owner, set);
    for (const to of targetsOf(model, target)) if (to.level === "object") set.add(to);
  }
  return neighbours;
}

/** The object, its contact lists and connections, and the connections of its contact lists. */
function withinTwoSteps(
  start: DialerObject,
  neighbours: Map<DialerObject, Set<DialerObject>>,
): Set<DialerObject> {
  const near = new Set([start]);
  for (const first of neighbours.get(start) ?? []) {
    if (first.kind === "database connection") near.add(first);
    if (first.kind !== "contact list") continue;
    near.add(first);
    for (const second of neighbours.get(first) ?? [])
      if (second.kind === "database connection") near.add(second);
  }
  return near;
}

function statusOf(text: string, workflow: DialerObject): WorkflowStatus | undefined {
  for (const { value } of fields(text, workflow, (name) => name.includes("status") || name === "state")) {
    const known = workflowStatuses.find((status) => status.toLowerCase() === value.toLowerCase());
    if (known) return known;
  }
  if (isOn(valueOf(text, workflow, "active"))) return "Active";
  if (isOn(valueOf(text, workflow, "completed"))) return "Completed";
  return undefined;
}

function pausedOf(text: string, workflow: DialerObject): boolean | undefined {
  const flag = fields(text, workflow, (name) => name === "paused" || name === "ispaused")[0];
  return flag && isOn(flag.value);
}
