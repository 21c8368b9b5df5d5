import { useState } from "react";
import { useMessages } from "../../../i18n/messages";
import { ErrorState } from "../../../states/ErrorState";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { EmptyState } from "../../../ui/EmptyState";
import { SkeletonLines } from "../../../ui/Skeleton";
import { CreateWebhookDialog } from "./CreateWebhookDialog";
import { useWebhooks } from "./use-webhooks";
import { WebhookTable } from "./WebhookTable";

/** 推送: the endpoints of all service accounts, and making one. */
export function Webhooks() {
  const t = useMessages("integrations");
  const { accounts, listed, isComplete, error, reload } = useWebhooks();
  const [isCreating, setCreating] = useState(false);
  const open = accounts.filter((one) => one.viewerCanManageTokens && one.state !== "DISABLED");
  const isEmpty = isComplete && listed.length === 0;
  const create = open.length > 0 && (
    <Button variant="primary" icon="plus" onClick={() => setCreating(true)}>
      {t("hook.create")}
    </Button>
  );
  return (
    <div className="grid min-w-0 gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <p className="caption max-w-2xl text-muted">{t("hook.about")}</p>
        {!isEmpty && create}
      </div>
      <p aria-live="polite" className="sr-only">
        {isComplete && t("hook.count", { count: listed.length })}
      </p>
      {error !== undefined && accounts.length === 0 && (
        <ErrorState error={error} onRetry={reload} />
      )}
      {error === undefined && !isComplete && listed.length === 0 && (
        <SkeletonLines count={3} className="h-row" />
      )}
      {isEmpty && (
        <Card>
          <EmptyState title={t("hook.none")} icon="link" actions={create}>
            {t(open.length > 0 ? "hook.none.create" : "hook.none.account")}
          </EmptyState>
        </Card>
      )}
      {listed.length > 0 && (
        <Card isFlush>
          <WebhookTable listed={listed} />
        </Card>
      )}
      {isCreating && (
        <CreateWebhookDialog accounts={open} onDone={reload} onClose={() => setCreating(false)} />
      )}
    </div>
  );
}
