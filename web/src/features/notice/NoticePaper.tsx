import { formatDate, formatDateTime, formatList } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Link } from "../../ui/Link";
import { taskUrl } from "../../ui/urls";
import type { NoticeDetailData } from "./queries";

/** The notice as a paper (督办单): number, task, what is asked, until when. */
export function NoticePaper({ notice }: { readonly notice: NoticeDetailData }) {
  const t = useMessages("notices");
  const to = formatList(notice.addressees.map((one) => one.department.shortName));
  return (
    <article className="rounded-card border border-line bg-card px-8 py-8 shadow-card max-md:px-4 max-md:py-5 print:border-0 print:p-0 print:shadow-none">
      <header className="border-b-2 border-brand pb-4 text-center">
        <p className="text-xl font-semibold tracking-[0.3em] text-brand max-md:text-lg">
          {t("paper.title")}
        </p>
        <p className="mt-2 text-sm tabular-nums">{notice.number}</p>
      </header>
      <dl className="mt-5 grid grid-cols-[6rem_minmax(0,1fr)] gap-x-4 gap-y-2">
        <dt className="text-muted">{t("paper.to")}</dt>
        <dd className="font-medium">{to}</dd>
        <dt className="text-muted">{t("paper.task")}</dt>
        <dd>
          {notice.task === null ? (
            "—"
          ) : (
            <Link to={taskUrl(notice.task.code)} className="text-link hover:underline">
              <span className="tabular-nums">{notice.task.code}</span> {notice.task.title}
            </Link>
          )}
        </dd>
        <dt className="text-muted">{t("paper.replyBy")}</dt>
        <dd className={notice.isOverdue ? "font-medium text-danger" : "font-medium"}>
          {formatDate(notice.replyBy)}
          {notice.isOverdue && ` · ${t("state.overdue")}`}
        </dd>
        <dt className="text-muted">{t("paper.level")}</dt>
        <dd>{t(`level.${notice.level}`)}</dd>
      </dl>
      <p className="mt-5 text-lg leading-loose whitespace-pre-wrap">{notice.text}</p>
      <footer className="mt-8 text-right leading-relaxed">
        <p>{notice.issuer.name}</p>
        <p className="caption text-sm text-muted">
          {notice.issuedBy.displayName} · {formatDateTime(notice.issuedAt)}
        </p>
      </footer>
    </article>
  );
}
