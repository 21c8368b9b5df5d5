import { formatDate } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { type Column, DataTable } from "../../ui/DataTable";
import { Link } from "../../ui/Link";
import { noticeUrl } from "../../ui/urls";
import { NoticeState } from "./NoticeState";
import type { NoticeRowData } from "./queries";

/** Notices, each with whom it waits for. */
export function NoticeTable({ notices }: { readonly notices: readonly NoticeRowData[] }) {
  const t = useMessages("notices");
  const columns: readonly Column<NoticeRowData>[] = [
    {
      key: "number",
      header: t("column.number"),
      isRowHeader: true,
      className: "whitespace-nowrap",
      cell: (notice) => (
        <Link
          to={noticeUrl(notice.code)}
          className="control inline-flex items-center font-medium text-link hover:underline"
        >
          {notice.number}
        </Link>
      ),
    },
    {
      key: "state",
      header: t("column.state"),
      phone: "beside",
      className: "whitespace-nowrap",
      cell: (notice) => <NoticeState notice={notice} />,
    },
    {
      key: "task",
      header: t("column.task"),
      cell: (notice) =>
        notice.task !== null && (
          <span className="line-clamp-2">
            <span className="tabular-nums">{notice.task.code}</span> {notice.task.title}
          </span>
        ),
    },
    {
      key: "addressees",
      header: t("column.addressees"),
      cell: (notice) => <Addressees notice={notice} />,
    },
    {
      key: "level",
      header: t("column.level"),
      phone: "hidden",
      className: "whitespace-nowrap",
      cell: (notice) => t(`level.${notice.level}`),
    },
    {
      key: "replyBy",
      header: t("column.replyBy"),
      className: "whitespace-nowrap",
      cell: (notice) => (
        <>
          <span className="sm:hidden">{t("column.replyBy")} </span>
          {formatDate(notice.replyBy)}
        </>
      ),
    },
  ];
  return (
    <DataTable
      label={t("page.title")}
      columns={columns}
      rows={notices}
      rowKey={(notice) => notice.id}
    />
  );
}

function Addressees({ notice }: { readonly notice: NoticeRowData }) {
  const t = useMessages("notices");
  return (
    <span className="flex flex-wrap gap-x-4">
      {notice.addressees.map(({ department, repliedAt }) => (
        <span key={department.id} className="whitespace-nowrap">
          {department.shortName}
          {repliedAt !== null && <span className="ml-1.5 text-sm text-ok">✓ {t("replied")}</span>}
        </span>
      ))}
    </span>
  );
}
