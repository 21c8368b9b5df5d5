import { useToday } from "../../../graphql/use-today";
import { formatDateTime, formatList, formatNumber } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { Badge } from "../../../ui/Badge";
import { type Column, DataTable } from "../../../ui/DataTable";
import { Link } from "../../../ui/Link";
import type { AccountRow } from "../account-documents";
import { STATE_TONES } from "../AccountTable";
import { serviceAccountUrl } from "./address";
import { endsSoon, latestOf } from "./standing";
import type { TokensByAccount } from "./use-tokens";

interface ServiceAccountTableProps {
  readonly accounts: readonly AccountRow[];
  /** The tokens of each; none for those who do not manage tokens. */
  readonly tokens: TokensByAccount | null;
}

/** Service accounts with unit, roles, live tokens and last use; the name leads to one. */
export function ServiceAccountTable({ accounts, tokens }: ServiceAccountTableProps) {
  const t = useMessages("integrations");
  const states = useMessages("accounts");
  const ofTokens: readonly Column<AccountRow>[] = [
    {
      key: "live",
      header: t("live"),
      className: "whitespace-nowrap",
      cell: (one) => <Live label={t("live")} tokens={tokens?.get(one.id)} />,
    },
    {
      key: "last",
      header: t("lastUse"),
      className: "whitespace-nowrap",
      cell: (one) => <LastUse tokens={tokens?.get(one.id)} />,
    },
  ];
  const columns: readonly Column<AccountRow>[] = [
    {
      key: "name",
      header: t("name"),
      isRowHeader: true,
      cell: (one) => (
        <Link
          to={serviceAccountUrl(one.login)}
          className="control inline-flex items-center text-link hover:underline"
        >
          {one.displayName}
        </Link>
      ),
    },
    { key: "login", header: t("login"), cell: (one) => one.login },
    { key: "unit", header: t("unit"), cell: (one) => one.department.shortName },
    {
      key: "roles",
      header: t("roles"),
      cell: (one) => {
        const running = one.grants.filter((grant) => grant.state === "RUNNING");
        if (running.length === 0) return <span className="text-muted">{t("roles.none")}</span>;
        return formatList([...new Set(running.map((grant) => grant.roleName))]);
      },
    },
    ...(tokens === null ? [] : ofTokens),
    {
      key: "state",
      header: t("state"),
      phone: "beside",
      className: "whitespace-nowrap",
      cell: (one) => <Badge tone={STATE_TONES[one.state]}>{states(`state.${one.state}`)}</Badge>,
    },
  ];
  return (
    <DataTable label={t("accounts")} columns={columns} rows={accounts} rowKey={(one) => one.id} />
  );
}

type Known = ReturnType<TokensByAccount["get"]>;

/** How many are in force, and whether one of them ends soon. */
function Live({ label, tokens }: { readonly label: string; readonly tokens: Known }) {
  const t = useMessages("integrations");
  const { today } = useToday();
  if (tokens === undefined) return null;
  const live = tokens.filter((token) => token.state === "ACTIVE");
  const soon = today === null ? 0 : live.filter((token) => endsSoon(token, today)).length;
  return (
    <>
      <span className="sm:hidden">{label} </span>
      {formatNumber(live.length)}
      {soon > 0 && (
        <Badge tone="warning" className="ml-2">
          {t("live.soon", { count: soon })}
        </Badge>
      )}
    </>
  );
}

function LastUse({ tokens }: { readonly tokens: Known }) {
  const t = useMessages("integrations");
  if (tokens === undefined) return null;
  const last = latestOf(tokens.map((token) => token.lastUsedAt));
  if (last === null) return <span className="text-muted">{t("lastUse.never")}</span>;
  return formatDateTime(last);
}
