import { useState } from "react";
import { formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { Drawer } from "../../ui/Drawer";
import { LinkButton } from "../../ui/LinkButton";
import type { AccountRow, GrantRow } from "./account-documents";
import { AccountActs } from "./AccountActs";
import { AccountDelegations } from "./AccountDelegations";
import { STATE_TONES } from "./AccountTable";
import { AccountSessionList } from "./AccountSessionList";
import { FactorReset } from "./FactorReset";
import { EndGrantDialog } from "./EndGrantDialog";
import { GrantDialog } from "./GrantDialog";
import { GrantTimeline } from "./GrantTimeline";
import { serviceAccountUrl } from "./tokens/address";

interface AccountDrawerProps {
  readonly account: AccountRow;
  readonly onClose: () => void;
}

/** One account: who it is, its roles over time, its sessions, and what may be done with it. */
export function AccountDrawer({ account, onClose }: AccountDrawerProps) {
  const t = useMessages("accounts");
  const [isGranting, setGranting] = useState(false);
  const [ending, setEnding] = useState<GrantRow | null>(null);
  return (
    <Drawer title={account.displayName} onClose={onClose}>
      <div className="grid gap-6">
        <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-y-2">
          <dt className="text-muted">{t("login")}</dt>
          <dd>{account.login}</dd>
          <dt className="text-muted">{t("unit")}</dt>
          <dd>{account.department.shortName}</dd>
          <dt className="text-muted">{t("state")}</dt>
          <dd>
            <Badge tone={STATE_TONES[account.state]}>{t(`state.${account.state}`)}</Badge>
          </dd>
          <dt className="text-muted">{t("lastSignIn")}</dt>
          <dd>{account.lastSignInAt === null ? "—" : formatDateTime(account.lastSignInAt)}</dd>
        </dl>
        <section aria-labelledby="grants-title">
          <header className="mb-1 flex items-center justify-between gap-3">
            <h3 id="grants-title" className="font-semibold">
              {t("grants")}
            </h3>
            {account.viewerCanGrant && (
              <Button size="small" icon="plus" onClick={() => setGranting(true)}>
                {t("grant")}
              </Button>
            )}
          </header>
          <GrantTimeline grants={account.grants} onEnd={setEnding} />
        </section>
        {account.viewerCanManageTokens && (
          <LinkButton
            size="small"
            icon="link"
            className="justify-self-start"
            to={serviceAccountUrl(account.login)}
          >
            {t("service.tokens")}
          </LinkButton>
        )}
        {account.viewerCanGrant && !account.isService && <AccountDelegations account={account} />}
        {account.viewerCanGrant && <FactorReset id={account.id} />}
        {account.viewerCanManage && (
          <>
            <AccountActs account={account} />
            {!account.isService && <AccountSessionList id={account.id} />}
          </>
        )}
        {!account.viewerCanManage && !account.viewerCanGrant && (
          <p className="caption text-sm text-muted">{t("readOnly")}</p>
        )}
      </div>
      {isGranting && (
        <GrantDialog
          account={account}
          onDone={() => setGranting(false)}
          onClose={() => setGranting(false)}
        />
      )}
      {ending !== null && (
        <EndGrantDialog
          grant={ending}
          name={account.displayName}
          onDone={() => setEnding(null)}
          onClose={() => setEnding(null)}
        />
      )}
    </Drawer>
  );
}
