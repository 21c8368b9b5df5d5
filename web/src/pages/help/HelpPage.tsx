import { useMessages } from "../../i18n/messages";
import { Card } from "../../ui/Card";
import { KeyHint } from "../../ui/KeyHint";
import { Link } from "../../ui/Link";
import { PageHeader } from "../../ui/PageHeader";
import { meUrl } from "../../ui/urls";

const SHORTCUTS = [
  { effect: "key.palette", keys: ["Ctrl", "K"] },
  { effect: "key.search", keys: ["/"] },
  { effect: "key.rows", keys: ["j", "k"] },
  { effect: "key.open", keys: ["Enter"] },
  { effect: "key.close", keys: ["Esc"] },
  { effect: "key.help", keys: ["?"] },
  { effect: "key.overview", keys: ["g", "o"] },
  { effect: "key.plans", keys: ["g", "p"] },
  { effect: "key.tasks", keys: ["g", "t"] },
  { effect: "key.metrics", keys: ["g", "m"] },
  { effect: "key.orgs", keys: ["g", "r"] },
  { effect: "key.report", keys: ["g", "b"] },
  { effect: "key.review", keys: ["g", "v"] },
] as const;

const TERMS = [
  "plan",
  "section",
  "task",
  "keyTask",
  "assignment",
  "metric",
  "milestone",
  "check",
  "code",
] as const;

/** Shortcuts and the words of the trade. */
export function HelpPage() {
  const t = useMessages("help");
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="grid grid-cols-2 items-start gap-4 max-lg:grid-cols-1">
        <Card
          title={t("shortcuts")}
          subtitle={t("shortcuts.hint")}
          actions={
            <Link
              to={meUrl()}
              className="control inline-flex items-center text-sm text-link hover:underline"
            >
              {t("shortcuts.settings")}
            </Link>
          }
        >
          <table className="w-full text-left">
            <thead className="sr-only">
              <tr>
                <th scope="col">{t("key")}</th>
                <th scope="col">{t("effect")}</th>
              </tr>
            </thead>
            <tbody>
              {SHORTCUTS.map(({ effect, keys }) => (
                <tr key={effect} className="border-b border-line last:border-b-0">
                  <td className="w-28 py-2">
                    <KeyHint keys={keys} />
                  </td>
                  <td className="py-2">{t(effect)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
        <Card title={t("glossary")}>
          <dl className="grid gap-3">
            {TERMS.map((term) => (
              <div key={term}>
                <dt className="font-medium">{t(`term.${term}`)}</dt>
                <dd className="text-muted">{t(`term.${term}.meaning`)}</dd>
              </div>
            ))}
          </dl>
        </Card>
      </div>
    </>
  );
}
