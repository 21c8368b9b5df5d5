import { useCallback, useState } from "react";
import { download } from "../graphql/download";
import { useMessages } from "../i18n/messages";
import { showToast } from "../ui/Toast";

/** The way to save a file of the server; a toast says why there is none. */
export function useDownload(): {
  readonly isBusy: boolean;
  readonly start: (address: string) => void;
} {
  const t = useMessages("download");
  const [isBusy, setIsBusy] = useState(false);
  const start = useCallback(
    (address: string) => {
      setIsBusy(true);
      void download(address).then((outcome) => {
        setIsBusy(false);
        if (outcome.kind === "saved") return;
        const message = outcome.kind === "refused" ? outcome.message : t("failed");
        showToast({ tone: "danger", message });
      });
    },
    [t],
  );
  return { isBusy, start };
}
