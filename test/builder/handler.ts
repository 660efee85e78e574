import type { Expression } from "../../server/src/handler/expression";
import type {
  ExitSignature,
  Initiator,
  Parameter,
  Subroutine,
  Tool,
  TypeRef,
} from "../../server/src/handler/model";
import { lift, v, type Value } from "./expression";
import { input, output, exit, subroutine, type Extras } from "./signatures";
import { StepBuilder } from "./step";
import { builtType } from "./types";

export interface BuiltVariable {
  readonly name: string;
  readonly type: TypeRef;
  readonly initial: string | number | boolean | null;
}

/** Values by parameter label; labels left out stay empty. */
export type Values = Readonly<Record<string, Value | null>>;

/** A subroutine's own parameter and the variable that carries it. */
export interface OwnParameter {
  readonly parameter: Parameter;
  readonly variable: string;
}

export const takes = (label: string, type: string, variable: string, extras: Extras = {}): OwnParameter => ({
  parameter: input(label, type, extras),
  variable,
});
export const gives = (label: string, type: string, variable: string, extras: Extras = {}): OwnParameter => ({
  parameter: output(label, type, extras),
  variable,
});

/** Begins a handler: `handler("MainMenu", { category: "IVR" })`. */
export function handler(name: string, about: About = {}): HandlerBuilder {
  return new HandlerBuilder(name, about);
}

export interface About {
  readonly category?: string;
  readonly description?: string;
  readonly compiledName?: string;
}

/**
 * A handler under construction. Steps get node ids in the order they are added, from 0, and ids of removed steps
 * are not used again, as in Designer; exits are connected on the steps (`to`, `on`). `model.ts`, `xml.ts` and `ihd.ts` write it down.
 */
export class HandlerBuilder {
  readonly variables: BuiltVariable[] = [];
  readonly steps: StepBuilder[] = [];
  /** Designer's counter: the node id the next step gets. */
  nextNode = 0;

  constructor(
    readonly name: string,
    readonly about: About,
  ) {}

  variable(name: string, type: string, initial: BuiltVariable["initial"] = null): this {
    const { name: typeName, module } = builtType(type);
    this.variables.push({ name, type: { name: typeName, module }, initial });
    return this;
  }

  /** Several variables of one type, without initial values. */
  declare(type: string, ...names: string[]): this {
    for (const name of names) this.variable(name, type);
    return this;
  }

  /** The start of a subroutine. */
  start(...own: OwnParameter[]): StepBuilder {
    const step = this.add("start", { module: "", name: "Subroutine" }, [exit("Start", 1)]);
    step.parameters = own.map(({ parameter }) => parameter);
    step.parameterVariables = own.map(({ variable }) => variable);
    return step.label(this.name);
  }

  /** An event initiator; its outputs go to the variables that are its defaults, unless `values` says otherwise. */
  initiator(of: Initiator, objectId = "{all}", eventId = "{all}", values: Values = {}): StepBuilder {
    const step = this.external("initiator", of, of.parameters, of.exits, values);
    step.signature = { kind: "initiator", of };
    step.objectId = objectId;
    step.eventId = eventId;
    for (const { label, default: start } of of.parameters) {
      if (!(label in values) && start.kind === "variable") step.set(label, v(start.name));
    }
    return step.label(of.label);
  }

  tool(of: Tool, values: Values = {}): StepBuilder {
    const step = this.external("tool", of, of.parameters, of.exits, values);
    step.signature = { kind: "tool", of };
    return step.label(of.label);
  }

  /** Calls a subroutine: one built here, or one known by its signature alone. */
  call(of: HandlerBuilder | Subroutine, values: Values = {}): StepBuilder {
    const known = of instanceof HandlerBuilder ? of.asSubroutine() : of;
    const tool = { module: "", name: known.name };
    const step = this.external("subroutine", tool, known.parameters, known.exits, values);
    step.signature = { kind: "subroutine", of: known };
    return step.label(known.label);
  }

  assign(variable: string, value: Value | null): StepBuilder {
    return this.native("Assignment", { LHS: v(variable), RHS: value }, [exit("Next", 0)]);
  }

  condition(value: Value | null): StepBuilder {
    return this.native("Condition", { Condition: value }, [exit("True", 1), exit("False", 0)]);
  }

  /** One exit a case, labelled with its text, and `Default`. */
  select(...cases: Expression[]): StepBuilder {
    const step = this.native("Selection", {}, [...cases.map(() => exit("", -1)), exit("Default", 0)]);
    step.setCases(cases);
    return step;
  }

  debug(text: string): StepBuilder {
    return this.native("Notify Debugger", { Text: text === "" ? null : text }, [exit("Next", 1)]);
  }

  append(list: string, value: Value): StepBuilder {
    return this.native("InsertAtTail", { List: v(list), Value: value }, [exit("Next", 1)]);
  }

  removeHead(list: string): StepBuilder {
    return this.native("RemoveHead", { List: v(list) }, [exit("Next", 1)]);
  }

  getAt(list: string, index: Value, into: string): StepBuilder {
    const values = { List: v(list), Index: index, OutputVariable: v(into) };
    return this.native("GetAt", values, [exit("Next", 1)]);
  }

  /** Any native tool by Designer's name and field names; only some have a known `.ihd` class. */
  native(name: string, values: Values, exits: readonly ExitSignature[] = databaseExits): StepBuilder {
    const step = this.add("native", { module: "", name }, exits);
    for (const [label, value] of Object.entries(values)) step.set(label, value);
    return step.label(name);
  }

  step(node: number): StepBuilder {
    const found = this.steps.find((each) => each.node === node);
    if (!found) throw new Error(`${this.name} has no step ${node}`);
    return found;
  }

  /** Takes a step out; exits that led to it are not connected any more. */
  remove(step: StepBuilder): void {
    this.steps.splice(this.steps.indexOf(step), 1);
    for (const each of this.steps) {
      for (const leaving of each.exits) if (leaving.to === step) leaving.to = null;
    }
  }

  /** The first step. */
  get first(): StepBuilder | undefined {
    return this.steps.find((step) => step.kind === "start" || step.kind === "initiator");
  }

  /** What a caller of this subroutine keeps of it. */
  asSubroutine(): Subroutine {
    return subroutine(this.name, this.about.category ?? "", this.first?.parameters ?? []);
  }

  variableType(name: string): string {
    return this.variables.find((variable) => variable.name === name)?.type.name ?? "String";
  }

  private external(
    kind: StepBuilder["kind"],
    tool: StepBuilder["tool"],
    parameters: readonly Parameter[],
    exits: readonly ExitSignature[],
    values: Values,
  ): StepBuilder {
    for (const label of Object.keys(values)) {
      if (!parameters.some((parameter) => parameter.label === label)) {
        throw new Error(`${tool.name} has no parameter "${label}"`);
      }
    }
    const step = this.add(kind, { module: tool.module, name: tool.name }, exits);
    for (const { label } of parameters) {
      // A parameter may be called as what every object has, for example toString.
      const value = Object.hasOwn(values, label) ? values[label] : undefined;
      step.arguments.push(value === undefined || value === null ? null : lift(value));
    }
    return step;
  }

  private add(
    kind: StepBuilder["kind"],
    tool: StepBuilder["tool"],
    exits: readonly ExitSignature[],
  ): StepBuilder {
    const step = new StepBuilder(this.nextNode++, kind, tool, exits);
    this.steps.push(step);
    return step;
  }
}

/** Exits of the database steps in real exports. */
const databaseExits = [exit("Success", 1), exit("Failure", -1)];
