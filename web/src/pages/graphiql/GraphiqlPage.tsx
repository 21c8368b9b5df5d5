import { Explorer } from "../../features/explorer/Explorer";
import { useMessages } from "../../i18n/messages";
import { PageHeader } from "../../ui/PageHeader";

/** 接口试验台: what the API answers to the person signed in. */
export function GraphiqlPage() {
  const t = useMessages("integrations");
  return (
    <>
      <PageHeader title={t("gql.title")} meta={t("gql.lead")} />
      <Explorer />
    </>
  );
}
