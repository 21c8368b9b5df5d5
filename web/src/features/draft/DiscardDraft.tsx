import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { plansUrl } from "../../ui/urls";
import { useDraft } from "./draft-context";
import { DiscardPlan } from "./mutations";
import { useAct } from "../../graphql/use-act";
import { useRefusal } from "../../states/use-refusal";

const discarded = (data: ResultOf<typeof DiscardPlan>) => data.discardPlan;

/** Throws the draft away, after asking. */
export function DiscardDraft() {
  const t = useMessages("draft");
  const { plan, reload } = useDraft();
  const act = useAct(DiscardPlan, discarded);
  const refuse = useRefusal();
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const discard = async (): Promise<void> => {
    setIsBusy(true);
    const outcome = await act({ planId: plan.id, expectedVersion: plan.version });
    setIsBusy(false);
    if (outcome.kind === "conflict") reload();
    setIsOpen(false);
    if (refuse(outcome, t("discard.done"))) router.history.push(plansUrl());
  };
  return (
    <>
      <Button
        variant="danger"
        size="small"
        onClick={() => {
          setIsOpen(true);
        }}
      >
        {t("discard")}
      </Button>
      {isOpen && (
        <Dialog
          title={t("discard.title")}
          onClose={() => {
            setIsOpen(false);
          }}
          actions={
            <>
              <Button
                onClick={() => {
                  setIsOpen(false);
                }}
              >
                {t("cancel")}
              </Button>
              <Button variant="danger" isPending={isBusy} onClick={() => void discard()}>
                {t("discard.confirm")}
              </Button>
            </>
          }
        >
          <p>{t("discard.detail", { title: plan.title })}</p>
        </Dialog>
      )}
    </>
  );
}
