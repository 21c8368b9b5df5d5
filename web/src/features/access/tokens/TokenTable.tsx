import type { ReactNode } from "react";
import { formatDate, formatDateTime, formatList } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { Badge } from "../../../ui/Badge";
import { Button } from "../../../ui/Button";
import { type Column, DataTable } from "../../../ui/DataTable";
import type { Tone } from "../../../ui/tones";
import { lastDayOf, type Standing, standingOf } from "./standing";
import { TokenEnd } from "./TokenEnd";
import type { TokenRow } from "./token-documents";

const TONES: Readonly<Record<Standing, Tone>> = {
  LIVE: "ok",
  REPLACED: "warning",
  ENDED: "danger",
  REVOKED: "neutral",
};

/** On a phone: a line of its own in the card. */
const WHOLE_LINE = "max-sm:basis-full";

interface TokenTableProps {
  readonly label: string;
  readonly tokens: readonly TokenRow[];
  /** All of the account: one of them may take the place of another. */
  readonly all: readonly TokenRow[];
  /** Without them nothing can be done with these tokens. */
  readonly onReplace?: ((token: TokenRow) => void) | undefined;
  readonly onRevoke?: ((token: TokenRow) => void) | undefined;
}

/** Tokens: what each opens, from where, until when, when it was last used, and where it stands. */
export function TokenTable({ label, tokens, all, onReplace, onRevoke }: TokenTableProps) {
  const t = useMessages("integrations");
  const acts: readonly Column<TokenRow>[] = [
    {
      key: "acts",
      header: <span className="sr-only">{t("acts")}</span>,
      align: "end",
      className: WHOLE_LINE,
      cell: (token) => (
        <span className="inline-flex gap-2">
          {onReplace !== undefined && standingOf(token, all) === "LIVE" && (
            <Button size="small" onClick={() => onReplace(token)}>
              {t("replace")}
              <span className="sr-only">{token.name}</span>
            </Button>
          )}
          {onRevoke !== undefined && (
            <Button size="small" variant="danger" onClick={() => onRevoke(token)}>
              {t("revoke")}
              <span className="sr-only">{token.name}</span>
            </Button>
          )}
        </span>
      ),
    },
  ];
  const columns: readonly Column<TokenRow>[] = [
    { key: "name", header: t("token"), isRowHeader: true, cell: (token) => <Name token={token} /> },
    {
      key: "scopes",
      header: t("scopes"),
      className: WHOLE_LINE,
      cell: (token) => (
        <OnPhone label={t("scopes")}>
          <Reach token={token} />
        </OnPhone>
      ),
    },
    {
      key: "addresses",
      header: t("addresses"),
      className: WHOLE_LINE,
      cell: ({ addresses }) => (
        <OnPhone label={t("addresses")}>
          {addresses.length === 0 ? (
            <span className="text-muted">{t("addresses.any")}</span>
          ) : (
            <span className="font-mono text-sm">{addresses.join(" ")}</span>
          )}
        </OnPhone>
      ),
    },
    {
      key: "expires",
      header: t("expires"),
      className: WHOLE_LINE,
      cell: (token) => (
        <OnPhone label={t("expires")}>
          <TokenEnd token={token} standing={standingOf(token, all)} />
        </OnPhone>
      ),
    },
    {
      key: "used",
      header: t("lastUse"),
      className: WHOLE_LINE,
      cell: (token) => (
        <OnPhone label={t("lastUse")}>
          <LastUse token={token} />
        </OnPhone>
      ),
    },
    {
      key: "standing",
      header: t("standing"),
      phone: "beside",
      cell: (token) => <Stands token={token} standing={standingOf(token, all)} />,
    },
    ...(onReplace === undefined && onRevoke === undefined ? [] : acts),
  ];
  return <DataTable label={label} columns={columns} rows={tokens} rowKey={(token) => token.id} />;
}

/** A value; on a phone, where the table has no head, with its label before it. */
function OnPhone({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <span className="block max-sm:flex max-sm:gap-2">
      <span className="w-20 shrink-0 sm:hidden">{label}</span>
      <span className="block min-w-0 max-sm:text-ink">{children}</span>
    </span>
  );
}

function Name({ token }: { readonly token: TokenRow }) {
  const t = useMessages("integrations");
  const made = { name: token.createdBy.displayName, at: formatDateTime(token.createdAt) };
  return (
    <span title={t("made", made)}>
      <span className="font-medium">{token.name}</span>
      <span className="block text-sm text-muted lg:whitespace-nowrap">
        {t("token.id")}{" "}
        <code translate="no" className="font-mono">
          {token.publicId}
        </code>
      </span>
    </span>
  );
}

/** What it lets its bearer do, and of which metrics. */
function Reach({ token }: { readonly token: TokenRow }) {
  const t = useMessages("integrations");
  return (
    <>
      {formatList(token.scopes.map((scope) => t(`scope.${scope}`)))}
      {token.metricCodes !== null && (
        <span className="block text-sm text-muted">
          {t("metrics.some", { codes: formatList(token.metricCodes) })}
        </span>
      )}
    </>
  );
}

function LastUse({ token }: { readonly token: TokenRow }) {
  const t = useMessages("integrations");
  if (token.lastUsedAt === null) return <span className="text-muted">{t("lastUse.never")}</span>;
  return (
    <>
      <span className="lg:whitespace-nowrap">{formatDateTime(token.lastUsedAt)}</span>
      {token.lastAddress !== null && (
        <span className="block text-sm text-muted">
          {t("lastUse.from", { address: token.lastAddress })}
        </span>
      )}
    </>
  );
}

function Stands({ token, standing }: { readonly token: TokenRow; readonly standing: Standing }) {
  const t = useMessages("integrations");
  return (
    <>
      <Badge tone={TONES[standing]}>{t(`standing.${standing}`)}</Badge>
      {standing === "REPLACED" && (
        <span className="block text-sm text-muted">
          {t("standing.until", { day: formatDate(lastDayOf(token.expiresAt)) })}
        </span>
      )}
      {token.revokedAt !== null && (
        <span className="block text-sm text-muted">
          {t("standing.at", { at: formatDateTime(token.revokedAt) })}
        </span>
      )}
    </>
  );
}
