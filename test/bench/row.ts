/** One measured figure, beside a baseline of the same run so that the ratio holds on any machine. */
export interface Row {
  name: string;
  value: number;
  unit: string;
  baseline?: { name: string; value: number };
  ratio?: number;
  target?: string;
}
