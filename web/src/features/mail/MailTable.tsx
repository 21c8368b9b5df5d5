import { formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { type Column, DataTable } from "../../ui/DataTable";
import type { Tone } from "../../ui/tones";
import type { MailData } from "./queries";

const TONES: Readonly<Record<MailData["state"], Tone>> = {
  QUEUED: "info",
  SENDING: "info",
  SENT: "ok",
  FAILED: "danger",
};

interface MailTableProps {
  readonly mails: readonly MailData[];
  /** Whether anything sends them. */
  readonly hasServer: boolean;
}

/** Mails with where they stand, how often they were tried, and what went wrong last. */
export function MailTable({ mails, hasServer }: MailTableProps) {
  const t = useMessages("mails");
  const columns: readonly Column<MailData>[] = [
    {
      key: "subject",
      header: t("column.subject"),
      isRowHeader: true,
      cell: (mail) => <span className="font-medium">{mail.subject}</span>,
    },
    {
      key: "recipient",
      header: t("column.recipient"),
      cell: (mail) => (
        <>
          {mail.recipientName} <span className="text-sm text-muted">{mail.address}</span>
        </>
      ),
    },
    {
      key: "state",
      header: t("column.state"),
      phone: "beside",
      className: "whitespace-nowrap",
      cell: (mail) => <Badge tone={TONES[mail.state]}>{t(`state.${mail.state}`)}</Badge>,
    },
    {
      key: "attempts",
      header: t("column.attempts"),
      className: "whitespace-nowrap tabular-nums",
      cell: (mail) => t("attempts", { count: mail.attempts }),
    },
    {
      key: "last",
      header: t("column.last"),
      cell: (mail) => <Last mail={mail} hasServer={hasServer} />,
    },
    {
      key: "createdAt",
      header: t("column.createdAt"),
      phone: "hidden",
      className: "whitespace-nowrap",
      cell: (mail) => formatDateTime(mail.createdAt),
    },
  ];
  return (
    <DataTable label={t("page.title")} columns={columns} rows={mails} rowKey={(mail) => mail.id} />
  );
}

/** What happened last: sent, or what went wrong and when it is tried again. */
function Last({ mail, hasServer }: { readonly mail: MailData; readonly hasServer: boolean }) {
  const t = useMessages("mails");
  if (mail.sentAt !== null) return t("last.sent", { at: formatDateTime(mail.sentAt) });
  const again = mail.state === "QUEUED" && hasServer;
  return (
    <>
      {mail.failure !== null && (
        <span lang="en" className="block text-sm break-words text-danger">
          {mail.failure}
        </span>
      )}
      {again && (
        <span className="text-sm text-muted">
          {t("last.next", { at: formatDateTime(mail.nextTryAt) })}
        </span>
      )}
      {mail.state === "QUEUED" && !hasServer && (
        <span className="text-sm text-muted">{t("last.waits")}</span>
      )}
    </>
  );
}
