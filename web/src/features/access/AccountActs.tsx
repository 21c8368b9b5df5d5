import { useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useAct } from "../../graphql/use-act";
import { useViewer } from "../../graphql/use-session";
import { useMessages } from "../../i18n/messages";
import { useRefusal } from "../../states/use-refusal";
import { Button } from "../../ui/Button";
import {
  type AccountRow,
  DisableAccount,
  EnableAccount,
  type LinkWay,
  StartPasswordReset,
} from "./account-documents";
import { AccountDialog } from "./AccountDialog";
import { LinkMade } from "./LinkShown";

const reset = (data: ResultOf<typeof StartPasswordReset>) => data.startPasswordReset;
const disabled = (data: ResultOf<typeof DisableAccount>) => data.disableAccount;
const enabled = (data: ResultOf<typeof EnableAccount>) => data.enableAccount;

/** What a system administrator does with an account: a new link, off, on. */
export function AccountActs({ account }: { readonly account: AccountRow }) {
  const t = useMessages("accounts");
  const tell = useRefusal();
  const isOwn = useViewer()?.account.id === account.id;
  const [way, setWay] = useState<LinkWay | null>(null);
  const start = useAct(StartPasswordReset, reset);
  const disable = useAct(DisableAccount, disabled);
  const enable = useAct(EnableAccount, enabled);
  const input = { accountId: account.id };
  const [isUpdating, setUpdating] = useState(false);
  const isOff = account.state === "DISABLED";
  return (
    <section aria-labelledby="acts-title" className="grid gap-3">
      <h3 id="acts-title" className="font-semibold">
        {t("acts")}
      </h3>
      <div className="flex flex-wrap gap-2">
        <Button size="small" onClick={() => setUpdating(true)}>
          {t("update")}
        </Button>
        {!isOff && !account.isService && (
          <Button
            size="small"
            icon="link"
            onClick={async () => {
              const outcome = await start(input);
              if (tell(outcome) && outcome.kind === "done") setWay(outcome.payload ?? null);
            }}
          >
            {t(account.state === "INVITED" ? "reinvite" : "reset")}
          </Button>
        )}
        {!isOff && !isOwn && (
          <Button
            size="small"
            onClick={async () => {
              setWay(null);
              tell(await disable(input), t("disabled"));
            }}
          >
            {t("disable")}
          </Button>
        )}
        {isOff && (
          <Button size="small" onClick={async () => tell(await enable(input), t("enabled"))}>
            {t("enable")}
          </Button>
        )}
      </div>
      {isUpdating && (
        <AccountDialog
          account={account}
          onDone={() => {
            setUpdating(false);
            tell({ kind: "done" }, t("updated"));
          }}
          onClose={() => setUpdating(false)}
        />
      )}
      {way !== null && <LinkMade way={way} name={account.displayName} />}
    </section>
  );
}
