import { useQuery } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import { useAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { useRefusal } from "../../states/use-refusal";
import { Button } from "../../ui/Button";
import { AccountFactor, ResetSecondFactor } from "./account-documents";

const reset = (data: ResultOf<typeof ResetSecondFactor>) => data.resetSecondFactor;

/** For the security administrator: takes the second factor of somebody away who lost it. */
export function FactorReset({ id }: { readonly id: string }) {
  const t = useMessages("accounts");
  const tell = useRefusal();
  const [{ data }] = useQuery({
    query: AccountFactor,
    variables: { id },
    requestPolicy: "cache-and-network",
  });
  const act = useAct(ResetSecondFactor, reset);
  if (data?.account?.viewerCanResetSecondFactor !== true) return null;
  return (
    <section aria-labelledby="factor-title" className="grid justify-items-start gap-2">
      <h3 id="factor-title" className="font-semibold">
        {t("factor")}
      </h3>
      <p className="caption text-sm text-muted">{t("factor.about")}</p>
      <Button
        size="small"
        onClick={async () => {
          tell(await act({ accountId: id }), t("factor.done"));
        }}
      >
        {t("factor.reset")}
      </Button>
    </section>
  );
}
