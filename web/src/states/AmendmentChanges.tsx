import type { AmendedFieldsData, AmendedValueData } from "../graphql/amended-values";
import { formatDate, formatList } from "../i18n/format";
import { useMessages } from "../i18n/messages";

/** What an amendment changes: field by field, how it was and how it is to be. */
export function AmendmentChanges({ amendment }: { readonly amendment: AmendedFieldsData }) {
  const t = useMessages("amend");
  const comparatorOf = ({ comparator }: AmendedValueData) =>
    comparator === null ? "" : t(`comparator.${comparator}`);
  const askedOf = ({ isEvidenceAsked }: AmendedValueData) =>
    isEvidenceAsked === true ? ` · ${t("isEvidenceAsked")}` : "";
  return (
    <ul className="grid gap-2 text-sm">
      {amendment.changes.map((change, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: changes of an amendment never move
        <li key={index}>
          <span className="font-medium">
            {t(`field.${change.field}`)} {change.metric?.code}
          </span>
          <del className="block whitespace-pre-line text-muted">
            <span className="sr-only">{t("old")}</span>
            {change.old === null
              ? t("none")
              : wordsOf(change.old, comparatorOf(change.old), askedOf(change.old))}
          </del>
          <ins className="block whitespace-pre-line no-underline">
            <span className="sr-only">{t("new")}</span>
            {wordsOf(change.new, comparatorOf(change.new), askedOf(change.new))}
          </ins>
        </li>
      ))}
    </ul>
  );
}

/** A value in words, whatever its form. */
function wordsOf(value: AmendedValueData, comparator: string, asked: string): string {
  const date = value.date === null ? "" : formatDate(value.date);
  if (value.lead !== null) {
    return formatList([value.lead.shortName, ...value.support.map((one) => one.shortName)]);
  }
  if (value.text !== null) return date === "" ? value.text : `${value.text}（${date}）`;
  return value.value === null ? date || comparator : `${comparator} ${value.value}${asked}`;
}
