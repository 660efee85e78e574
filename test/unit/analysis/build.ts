import type { Handler } from "../../../server/src/handler/model";
import { readHandler } from "../../../server/src/handler/read";
import type { HandlerBuilder } from "../../builder/handler";
import { toIhd } from "../../builder/ihd";

/** The handler as it is read from the file that Designer would save. */
export function saved(built: HandlerBuilder): Handler {
  return readHandler(toIhd(built), { file: `${built.name}.ihd` });
}
