/** What names an external tool or an initiator. */
export interface ToolName {
  readonly module: string;
  readonly name: string;
}

/** The identity of a tool or initiator: design-time module and internal name, `module:name`. */
export function toolKey({ module, name }: ToolName): string {
  return `${module}:${name}`;
}
