import type { Cell, Column } from "../driver";

/** What the driver says of a column, as far as it is used here. */
export interface TediousColumn {
  readonly colName: string;
  readonly type: { readonly name: string };
  readonly dataLength?: number;
  readonly precision?: number;
  readonly scale?: number;
}

const maximum = 65535;

/** The server's name of a type, and how wide its values get in text. */
export function columnOf({ colName, type, dataLength, precision, scale }: TediousColumn): Column {
  const sized = (name: string, unit: number): Column => {
    const length = dataLength === undefined || dataLength >= maximum ? undefined : dataLength / unit;
    return {
      name: colName,
      type: `${name}(${length ?? "max"})`,
      ...(length !== undefined && { width: length }),
      right: false,
    };
  };
  const fixed = (name: string, width: number, right = false): Column => ({
    name: colName,
    type: name,
    width,
    right,
  });
  switch (type.name) {
    case "Int":
    case "IntN":
    case "TinyInt":
    case "SmallInt":
    case "BigInt":
      return integer(colName, type.name, dataLength);
    case "Bit":
    case "BitN":
      return fixed("bit", 1, true);
    case "Real":
    case "Float":
    case "FloatN":
      return fixed(type.name === "Real" || dataLength === 4 ? "real" : "float", 24, true);
    case "Decimal":
    case "DecimalN":
    case "Numeric":
    case "NumericN":
      return fixed(
        `${type.name.startsWith("D") ? "decimal" : "numeric"}(${precision ?? 18},${scale ?? 0})`,
        (precision ?? 18) + 2,
        true,
      );
    case "Money":
    case "MoneyN":
    case "SmallMoney":
      return fixed(type.name === "SmallMoney" || dataLength === 4 ? "smallmoney" : "money", 21, true);
    case "NVarChar":
      return sized("nvarchar", 2);
    case "NChar":
      return sized("nchar", 2);
    case "VarChar":
      return sized("varchar", 1);
    case "Char":
      return sized("char", 1);
    case "VarBinary":
    case "Binary": {
      const column = sized(type.name.toLowerCase(), 1);
      return { ...column, ...(column.width !== undefined && { width: column.width * 2 + 2 }) };
    }
    case "DateTime":
    case "DateTimeN":
      return fixed(dataLength === 4 ? "smalldatetime" : "datetime", 23);
    case "SmallDateTime":
      return fixed("smalldatetime", 19);
    case "Date":
      return fixed("date", 10);
    case "Time":
      return fixed(`time(${scale ?? 7})`, 16);
    case "DateTime2":
      return fixed(`datetime2(${scale ?? 7})`, 27);
    case "DateTimeOffset":
      return fixed(`datetimeoffset(${scale ?? 7})`, 34);
    case "UniqueIdentifier":
      return fixed("uniqueidentifier", 36);
    default:
      return { name: colName, type: type.name.toLowerCase(), right: false };
  }
}

function integer(name: string, type: string, length: number | undefined): Column {
  const bytes = { TinyInt: 1, SmallInt: 2, Int: 4, BigInt: 8 }[type] ?? length ?? 4;
  const [shown, width] = ({ 1: ["tinyint", 3], 2: ["smallint", 6], 8: ["bigint", 20] } as const)[
    bytes as 1 | 2 | 8
  ] ?? ["int", 11];
  return { name, type: shown, width, right: true };
}

/** A value as sqlcmd prints it. */
export function cellOf(value: unknown, column: TediousColumn | undefined): Cell {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case "string":
      return value;
    case "boolean":
      return value ? "1" : "0";
    case "number":
      return numberText(value, column);
    case "bigint":
      return String(value);
    default:
      if (value instanceof Date) return dateText(value, column);
      if (Buffer.isBuffer(value)) return `0x${value.toString("hex").toUpperCase()}`;
      return JSON.stringify(value);
  }
}

function numberText(value: number, column: TediousColumn | undefined): string {
  const name = column?.type.name ?? "";
  if (/money/i.test(name)) return value.toFixed(4);
  // toFixed turns to exponents at 1e21; so large a decimal has lost its digits in the driver already.
  if (/^(?:decimal|numeric)/i.test(name) && Math.abs(value) < 1e21) return value.toFixed(column?.scale ?? 0);
  return String(value);
}

const two = (number: number): string => String(number).padStart(2, "0");

/** The driver keeps date and time of the server in the UTC fields. */
function dateText(
  value: Date & { readonly nanosecondsDelta?: number },
  column: TediousColumn | undefined,
): string {
  const name = column?.type.name ?? "DateTime";
  const date = `${String(value.getUTCFullYear()).padStart(4, "0")}-${two(value.getUTCMonth() + 1)}-${two(value.getUTCDate())}`;
  const time = `${two(value.getUTCHours())}:${two(value.getUTCMinutes())}:${two(value.getUTCSeconds())}`;
  const milliseconds = value.getUTCMilliseconds();
  const fraction = (): string => {
    const scale = column?.scale ?? 7;
    if (scale === 0) return "";
    const ticks = Math.round(milliseconds * 1e4 + (value.nanosecondsDelta ?? 0) * 1e7);
    return `.${String(ticks).padStart(7, "0").slice(0, scale)}`;
  };
  switch (name) {
    case "Date":
      return date;
    case "Time":
      return time + fraction();
    case "DateTime2":
      return `${date} ${time}${fraction()}`;
    case "DateTimeOffset":
      return `${date} ${time}${fraction()} +00:00`;
    case "SmallDateTime":
      return `${date} ${time}`;
    default:
      return column?.dataLength === 4
        ? `${date} ${time}`
        : `${date} ${time}.${String(milliseconds).padStart(3, "0")}`;
  }
}
