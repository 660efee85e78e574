import type { Expression } from "../../server/src/handler/expression";
import type { Initiator } from "../../server/src/handler/model";
import { create, type IhdObject } from "../../server/src/ihd/fields";
import * as layouts from "../../server/src/ihd/layouts";
import { writeIhd } from "../../server/src/ihd/writer";
import type { BuiltVariable, HandlerBuilder } from "./handler";
import { ihdExpression } from "./ihdExpression";
import { ihdSignature } from "./ihdSignature";
import { ihdStep, type Links } from "./ihdStep";
import { canvasOf, signaturesOf } from "./model";
import { builtTypes, builtType, type BuiltType } from "./types";

/** What a file is written with; Unicode strings as Designer 4.0 does, or ANSI ones as older releases did. */
export interface IhdOptions {
  readonly form?: "unicode" | "ansi";
  readonly types?: readonly BuiltType[];
}

/**
 * The handler as Designer saves it. The objects are put together here from the format's facts, with the values
 * real files have in the fields nobody understands, and not from the model reader's idea of them.
 */
export function toIhd(built: HandlerBuilder, options: IhdOptions = {}): Buffer {
  return writeIhd({ root: ihdRoot(built, options.types ?? builtTypes), form: options.form ?? "unicode" });
}

function ihdRoot(built: HandlerBuilder, types: readonly BuiltType[]): IhdObject {
  const variables = built.variables.map(variable);
  const byName = new Map(built.variables.map(({ name }, at) => [name, variables[at]!.handlerVariable]));
  const scope = {
    variable: (name: string): IhdObject => {
      const found = byName.get(name);
      if (!found) throw new Error(`${built.name} has no variable "${name}"`);
      return found;
    },
    expression: (value: Expression | null): IhdObject | null =>
      value === null ? null : ihdExpression(value, scope.variable, (name) => built.variableType(name)),
  };
  const steps = new Map(built.steps.map((step) => [step, ihdStep(step, scope)]));
  connect(built, steps);
  const { tools, subroutines, initiators } = signaturesOf(built);
  const canvas = canvasOf(built);
  const { description = "", category = "", compiledName = "" } = built.about;
  return create(layouts.Root, {
    promptTypes: ["Prompt", "Sequence", "InternationalString"].map((name, at) => ({
      ...{ unknown1: 1, module: "PromptTools", name, label: name },
      ...{ unknown2: 0, unknown3: at === 2 ? 32 : 0 },
    })),
    ...{ unknown1: 12, unknown2: 12, unknown3: 1, unknown4: 0, unknown5: 12 },
    ...{ unknown6: 57794, unknown7: 0, unknown8: 12, unknown9: 4 },
    ...{ compiledName, description, category },
    types: types.map(typeDefinition),
    subroutines: subroutines.map((each) =>
      create(layouts.CIdSubroutineDef, {
        ...{ name: each.name, label: each.label, description: each.description, category: each.category },
        ...ihdSignature(each),
        compiledName: each.compiledName,
      }),
    ),
    initiators: initiators.map(initiator),
    tools: tools.map((each) =>
      create(layouts.CIdExternTool, {
        ...{ version: each.version, label: each.label, name: each.name },
        ...{ description: each.description, category: each.category },
        ...ihdSignature(each),
        ...{ designModule: each.module, runtimeModule: each.runtimeModule },
        runtimeFunction: each.runtimeFunction,
      }),
    ),
    ...{ nextNode: canvas.nextNode, canvasWidth: canvas.width, canvasHeight: canvas.height },
    ...{ gridX: canvas.gridX, gridY: canvas.gridY },
    variables,
    steps: [...steps.values()],
    start: built.first ? steps.get(built.first)! : null,
  });
}

/** One link an exit, in the outgoing list of its step and the incoming list of the next. */
function connect(built: HandlerBuilder, steps: ReadonlyMap<unknown, IhdObject & Links>): void {
  for (const step of built.steps) {
    const from = steps.get(step)!;
    for (const exit of step.exits) {
      const to = exit.to ? steps.get(exit.to)! : null;
      const middle = exit.bends.length / 2;
      const bends = exit.bends.map(({ x, y }, at) => ({
        x,
        y,
        flag: at === middle || at === middle - 1 ? 1 : 0,
      }));
      const link = create(layouts.CIdLink, { bends, from, to, label: exit.label });
      from.outgoing.push(link);
      to?.incoming.push(link);
    }
  }
}

function initiator(of: Initiator): IhdObject {
  return create(layouts.CIdInitiator, {
    ...{ label: of.label, name: of.name, description: of.description, category: of.category },
    ...ihdSignature(of),
    ...{ designModule: of.module, runtimeModule: of.runtimeModule, runtimeFunction: of.runtimeFunction },
    ...{ objectIds: of.objectIds, eventIds: of.eventIds, objectType: of.objectType },
    ...{ labels1: of.idLabels.slice(0, -1), labels2: of.idLabels.slice(-1), unknown15: 1 },
  });
}

function typeDefinition(of: BuiltType): IhdObject {
  return create(layouts.CIdTypeDef, {
    ...{ unknown1: 1, attachFunction: of.attach, name: of.name, builtIn: of.module === "" ? 1 : 0 },
    ...{ description: of.description, typeBits: of.bits, runtimeModule: of.runtimeModule },
    ...{ detachFunction: of.detach, unknown4: of.name.startsWith("List of ") ? 2 : 0 },
    ...{ designModule: of.module, label: of.label },
  });
}

function variable({ name, type, initial }: BuiltVariable) {
  const { bits, watch, runtimeModule, attach, detach } = builtType(type.name);
  const handlerVariable = create(layouts.CHandlerVariable, {
    ...{ watchModule: watch ? runtimeModule : "", watchFunction: watch, typeBits: bits, name },
    ...{ attachModule: runtimeModule, attachFunction: attach },
    ...{ detachModule: runtimeModule, detachFunction: detach },
  });
  return create(layouts.CIdVar, {
    initial: variant(initial, type.name),
    ...{ name, typeName: type.name, typeModule: type.module },
    handlerVariable,
  });
}

function variant(initial: BuiltVariable["initial"], type: string) {
  if (initial === null) return { type: 0, value: null };
  if (typeof initial === "string") return { type: 8, value: initial };
  if (typeof initial === "boolean") return { type: 11, value: initial ? 1 : 0 };
  return { type: type === "Integer" ? 3 : 5, value: initial };
}
