import { CellContent } from "./MatrixCell";
import type { MatrixGridProps } from "./MatrixGrid";
import { useMessages } from "../../i18n/messages";

/** The matrix on paper: every row, with its heads on each sheet. */
export function MatrixPrint({ label, matrix, metrics, span }: MatrixGridProps) {
  const t = useMessages("matrix");
  return (
    <table className="w-full border-collapse text-xs">
      <caption className="mb-2 text-left text-sm">{label}</caption>
      <thead>
        <tr>
          <th scope="col" className="border border-line px-1 py-0.5 text-left">
            {t("unit")}
          </th>
          {metrics.map((metric) => (
            <th
              key={metric.code}
              scope="col"
              className="border border-line px-1 py-0.5 font-medium"
            >
              {metric.name}
              {metric.unit !== "" && `（${metric.unit}）`}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {matrix.units.map((unit) => (
          <tr key={unit.code}>
            <th scope="row" className="border border-line px-1 py-0.5 text-left font-normal">
              {unit.shortName}
            </th>
            {metrics.map((metric) => (
              <td key={metric.code} className="border border-line px-1 py-0.5 text-right">
                <CellContent cell={matrix.cell(unit.code, metric.code, span)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
