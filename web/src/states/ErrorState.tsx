import type { CombinedError } from "@urql/core";
import { lazy, Suspense } from "react";
import { failureOf, requestIdOf } from "../graphql/request-error";
import { useMessages } from "../i18n/messages";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { usePageTitle } from "../ui/use-page-title";

/** The server has answered, so this answers too. */
const NoPermission = lazy(() =>
  import("./NoPermission").then((module) => ({ default: module.NoPermission })),
);

interface ErrorStateProps {
  readonly error: CombinedError;
  readonly onRetry?: () => void;
  /** Whether it stands for the whole page: then what happened is the heading of the page. */
  readonly isPage?: boolean;
}

/** Loading failed: what happened, a way to try again, and the id to pass on. */
export function ErrorState({ error, onRetry, isPage = false }: ErrorStateProps) {
  const t = useMessages("common");
  const failure = failureOf(error);
  const requestId = requestIdOf(error);
  usePageTitle(isPage ? t(`error.${failure}`) : null);
  const Title = isPage ? "h1" : "p";
  if (failure === "forbidden") {
    return (
      <Suspense fallback={null}>
        <NoPermission isPage={isPage} />
      </Suspense>
    );
  }
  return (
    <div role="alert" className="grid justify-items-center gap-1 px-6 py-10 text-center">
      <Icon name="alert" size={28} className="mb-1 text-danger" />
      <Title className="font-medium">{t(`error.${failure}`)}</Title>
      <p className="max-w-md text-sm text-muted">{t(`error.${failure}.next`)}</p>
      {requestId !== null && (
        <p className="caption text-sm text-muted">
          {t("error.requestId")} <code>{requestId}</code>
        </p>
      )}
      {onRetry !== undefined && (
        <Button className="mt-3" onClick={onRetry}>
          {t("retry")}
        </Button>
      )}
    </div>
  );
}
