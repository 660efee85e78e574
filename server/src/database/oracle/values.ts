import type { Cell, Column } from "../driver";
import type { OracleColumn } from "./module";

/** Large objects are shown so far, in characters; their length is told. */
const longestLob = 4000;

const two = (number: number): string => String(number).padStart(2, "0");

export function columnOf({ name, dbTypeName = "", byteSize, precision, scale }: OracleColumn): Column {
  const base = dbTypeName.replace(/^DB_TYPE_/, "");
  switch (base) {
    case "VARCHAR":
    case "VARCHAR2":
    case "NVARCHAR2":
    case "NVARCHAR":
    case "CHAR":
    case "NCHAR":
    case "RAW": {
      const shown = base === "VARCHAR" ? "VARCHAR2" : base;
      const width = base === "RAW" ? (byteSize ?? 0) * 2 : (byteSize ?? 0);
      return {
        name,
        type: byteSize ? `${shown}(${byteSize})` : shown,
        ...(width > 0 && { width }),
        right: false,
      };
    }
    case "NUMBER": {
      const digits = precision && precision > 0 ? `(${precision}${scale ? `,${scale}` : ""})` : "";
      return {
        name,
        type: `NUMBER${digits}`,
        width: precision && precision > 0 ? precision + 2 : 40,
        right: true,
      };
    }
    case "BINARY_FLOAT":
    case "BINARY_DOUBLE":
    case "BINARY_INTEGER":
      return { name, type: base, width: 24, right: true };
    case "DATE":
      return { name, type: base, width: 19, right: false };
    default:
      return base.startsWith("TIMESTAMP")
        ? {
            name,
            type: base.replace("_TZ", " WITH TIME ZONE").replace("_LTZ", " WITH LOCAL TIME ZONE"),
            width: 30,
            right: false,
          }
        : { name, type: base, right: false };
  }
}

interface Lob {
  readonly length: number;
  getData(offset?: number, amount?: number): Promise<unknown>;
  destroy?(): void;
}

/** A value as text. Dates come in the server's own clock: DATE and TIMESTAMP have none other. */
export async function cellOf(value: unknown, column: OracleColumn | undefined): Promise<Cell> {
  const type = column?.dbTypeName ?? "";
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (value instanceof Date) return dateText(value, type);
  if (Buffer.isBuffer(value)) return value.toString("hex").toUpperCase();
  if (isLob(value)) return lobText(value);
  if (typeof (value as { getRows?: unknown }).getRows === "function") return "(cursor)";
  return JSON.stringify(value);
}

function dateText(value: Date, type: string): string {
  if (/_TZ|_LTZ|TIME ZONE/.test(type)) {
    return `${value.toISOString().replace("T", " ").replace("Z", "")} +00:00`;
  }
  const date = `${String(value.getFullYear()).padStart(4, "0")}-${two(value.getMonth() + 1)}-${two(value.getDate())}`;
  const time = `${two(value.getHours())}:${two(value.getMinutes())}:${two(value.getSeconds())}`;
  const fraction = type.includes("TIMESTAMP") ? `.${String(value.getMilliseconds()).padStart(3, "0")}` : "";
  return `${date} ${time}${fraction}`;
}

function isLob(value: unknown): value is Lob {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { getData?: unknown }).getData === "function"
  );
}

async function lobText(lob: Lob): Promise<string> {
  if (lob.length === 0) return "";
  const data = await lob.getData(1, longestLob);
  lob.destroy?.();
  const text = Buffer.isBuffer(data) ? data.toString("hex").toUpperCase() : String(data);
  return lob.length > longestLob ? `${text}... (${lob.length} in all)` : text;
}
