import { useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { Link } from "../../ui/Link";
import { taskUrl } from "../../ui/urls";
import type { RateRow } from "./DepartmentRates";

/** Who has not reported for a month, and on which tasks. */
export function MissingReports({ row }: { readonly row: RateRow | undefined }) {
  const t = useMessages("orgs");
  if (row === undefined || row.missingCount === 0) return null;
  const units = new Map<string, { readonly name: string; readonly codes: string[] }>();
  for (const { node } of row.missing.edges) {
    const unit = units.get(node.department.id) ?? { name: node.department.shortName, codes: [] };
    unit.codes.push(node.task.code);
    units.set(node.department.id, unit);
  }
  const left = row.missing.totalCount - row.missing.edges.length;
  return (
    <div className="border-t border-line px-4 py-3">
      <h3 className="text-sm font-medium">
        {t(row.isDue ? "rates.missing" : "rates.awaited", { month: formatPeriod(row.period) })}
      </h3>
      <ul className="mt-1 grid gap-1 text-sm">
        {[...units].map(([id, unit]) => (
          <li key={id}>
            {unit.name}
            {" · "}
            {unit.codes.map((code) => (
              <Link key={code} to={taskUrl(code)} className="mr-2 text-link tabular-nums">
                {code}
              </Link>
            ))}
          </li>
        ))}
      </ul>
      {left > 0 && <p className="caption text-sm text-muted">{t("rates.more", { count: left })}</p>}
    </div>
  );
}
