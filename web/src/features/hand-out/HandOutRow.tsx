import type { ClipboardEventHandler, KeyboardEventHandler, ReactNode } from "react";
import { messageFor, otherMessages } from "../../graphql/outcome";
import { formatDate, formatList } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { classNames } from "../../ui/class-names";
import { DateInput } from "../../ui/DateInput";
import { Field } from "../../ui/Field";
import { IconButton } from "../../ui/IconButton";
import { Link } from "../../ui/Link";
import { Status } from "../../ui/Status";
import { taskUrl } from "../../ui/urls";
import type { Entry } from "./entries";
import type { HandOutRowData } from "./queries";
import type { RowOutcome } from "./use-hand-out";

interface HandOutRowProps {
  readonly row: HandOutRowData;
  readonly entry: Entry;
  readonly outcome: RowOutcome | undefined;
  readonly isSelected: boolean;
  readonly isLast: boolean;
  readonly today: string | null;
  readonly onSelect: (isSelected: boolean) => void;
  readonly onType: (change: Partial<Entry>) => void;
  readonly onFill: () => void;
  readonly onKeyDown: KeyboardEventHandler<HTMLInputElement>;
  readonly onPaste: ClipboardEventHandler<HTMLInputElement>;
}

const CELL = "px-3 py-2 align-top max-md:block max-md:px-0 max-md:py-0.5";

/** One task to be handed out; a card on a phone. */
export function HandOutRow({ row, entry, outcome, isSelected, isLast, ...on }: HandOutRowProps) {
  const t = useMessages("handOut");
  const isDone = outcome?.kind === "done";
  const errors = outcome?.kind === "refused" ? outcome.errors : [];
  return (
    <tr
      data-code={row.code}
      className={classNames(
        "border-b border-line last:border-b-0 max-md:grid max-md:grid-cols-[2rem_minmax(0,1fr)] max-md:px-4 max-md:py-3",
        isDone && "bg-ok-soft",
        errors.length > 0 && "bg-danger-soft",
      )}
    >
      <td className={`${CELL} w-10 pl-4 max-md:row-span-7`}>
        <input
          type="checkbox"
          aria-label={t("select.one", { code: row.code })}
          checked={isSelected && !isDone}
          disabled={isDone}
          className="mt-1 size-4 accent-(--brand)"
          onChange={(event) => on.onSelect(event.target.checked)}
        />
      </td>
      <th scope="row" className={`${CELL} font-normal`}>
        <span className="block text-sm text-muted">{row.code}</span>
        <Link to={taskUrl(row.code)} className="text-ink hover:underline max-md:font-medium">
          {row.title}
        </Link>
        {otherMessages(errors, ["deadline"]).map((message) => (
          <p key={message} role="alert" className="text-sm text-danger">
            {message}
          </p>
        ))}
        {isDone && (
          <p className="text-sm">
            <Status shape="circle" tone="ok" word={t("done")} />
          </p>
        )}
      </th>
      <Departments row={row} />
      <People row={row} />
      <td className={`${CELL} md:w-56`}>
        <div className="flex items-start gap-1">
          <Field
            label={t("deadline.of", { code: row.code })}
            isLabelHidden
            error={messageFor(errors, "deadline")}
            className="min-w-0 flex-1"
          >
            <DateInput
              value={entry.deadline}
              disabled={isDone}
              {...(on.today === null ? {} : { min: on.today })}
              onChange={(deadline) => on.onType({ deadline })}
              onKeyDown={on.onKeyDown}
              onPaste={on.onPaste}
            />
          </Field>
          {!isLast && !isDone && (
            <IconButton
              icon="arrowDown"
              label={t("fill", { code: row.code })}
              onClick={on.onFill}
            />
          )}
        </div>
        {row.deadlineText !== null && (
          <p className="caption text-sm text-muted">{t("inText", { text: row.deadlineText })}</p>
        )}
      </td>
      <td className={CELL}>
        <label className="control inline-flex min-h-10 items-center gap-2">
          <input
            type="checkbox"
            checked={entry.isStanding}
            disabled={isDone}
            className="size-4 accent-(--brand)"
            onChange={(event) => on.onType({ isStanding: event.target.checked })}
          />
          <span className="text-sm md:sr-only">{t("standing.of", { code: row.code })}</span>
        </label>
      </td>
      <Milestones row={row} />
    </tr>
  );
}

function Departments({ row }: { readonly row: HandOutRowData }) {
  const t = useMessages("handOut");
  const support = row.assignments.edges
    .filter(({ node }) => node.role === "SUPPORT")
    .map(({ node }) => node.department.shortName);
  return (
    <td className={CELL}>
      {row.lead === null ? (
        <span className="text-warn">{t("lead.none")}</span>
      ) : (
        <span className="font-medium">{row.lead.shortName}</span>
      )}
      {support.length > 0 && (
        <span className="block text-sm text-muted">
          {t("support", { names: formatList(support) })}
        </span>
      )}
    </td>
  );
}

/** Who of the lead department could answer for it; the department itself names them. */
function People({ row }: { readonly row: HandOutRowData }) {
  const t = useMessages("handOut");
  const names = row.life.ownerCandidates.map((one) => one.displayName);
  return (
    <td className={`${CELL} text-sm`}>
      {names.length < 2 && (
        <Status shape="triangle" tone="warning" word={t("people.few", { count: names.length })} />
      )}
      {names.length > 0 && <span className="block text-muted">{formatList(names)}</span>}
    </td>
  );
}

function Milestones({ row }: { readonly row: HandOutRowData }) {
  const t = useMessages("handOut");
  const milestones = row.milestones.edges.map((edge) => edge.node);
  const next = milestones.find((one) => one.dueOn !== null);
  const first: ReactNode = next?.dueOn == null ? null : `${next.title} ${formatDate(next.dueOn)}`;
  return (
    <td className={`${CELL} text-sm text-muted`}>
      {milestones.length === 0 ? (
        <span className="max-md:hidden">—</span>
      ) : (
        <>
          {t("milestones", { count: milestones.length })}
          {first !== null && <span className="block">{first}</span>}
        </>
      )}
    </td>
  );
}
