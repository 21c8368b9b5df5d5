import { formatDateTime, formatList } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { type Column, DataTable } from "../../ui/DataTable";
import type { AccountRow } from "./account-documents";

export const STATE_TONES = { INVITED: "info", ACTIVE: "ok", DISABLED: "neutral" } as const;

interface AccountTableProps {
  readonly accounts: readonly AccountRow[];
  readonly onOpen: (account: AccountRow) => void;
}

/** Accounts with unit, roles, state and last sign-in; the name opens one. */
export function AccountTable({ accounts, onOpen }: AccountTableProps) {
  const t = useMessages("accounts");
  const common = useMessages("common");
  const columns: readonly Column<AccountRow>[] = [
    {
      key: "name",
      header: t("name"),
      isRowHeader: true,
      cell: (one) => (
        <button
          type="button"
          className="control inline-flex flex-wrap items-center gap-2 text-left text-link hover:underline"
          onClick={() => onOpen(one)}
        >
          {one.displayName}
          {one.isDemo && <Badge tone="warning">{common("demo")}</Badge>}
          {one.isService && <Badge>{t("service")}</Badge>}
        </button>
      ),
    },
    {
      key: "login",
      header: t("login"),
      phone: "below",
      className: "whitespace-nowrap",
      cell: (one) => one.login,
    },
    {
      key: "unit",
      header: t("unit"),
      phone: "below",
      className: "whitespace-nowrap",
      cell: (one) => one.department.shortName,
    },
    {
      key: "roles",
      header: t("roles"),
      phone: "below",
      cell: (one) => {
        const running = one.grants.filter((grant) => grant.state === "RUNNING");
        return running.length === 0 ? (
          <span className="text-muted">{t("roles.none")}</span>
        ) : (
          // A role that is held in several places is named once.
          formatList([...new Set(running.map((grant) => grant.roleName))])
        );
      },
    },
    {
      key: "last",
      header: t("lastSignIn"),
      phone: "hidden",
      className: "whitespace-nowrap",
      cell: (one) => (one.lastSignInAt === null ? "—" : formatDateTime(one.lastSignInAt)),
    },
    {
      key: "state",
      header: t("state"),
      phone: "beside",
      cell: (one) => <Badge tone={STATE_TONES[one.state]}>{t(`state.${one.state}`)}</Badge>,
    },
  ];
  return (
    <DataTable label={t("title")} columns={columns} rows={accounts} rowKey={(one) => one.id} />
  );
}
