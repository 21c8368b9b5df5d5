import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useQuery } from "urql";
import { ItemList } from "../../features/items/ItemList";
import { ItemsQuery } from "../../features/items/queries";
import type { PageLoad } from "../../graphql/page-load";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { AsOfSwitch } from "../../states/AsOfSwitch";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { Link } from "../../ui/Link";
import { PageHeader } from "../../ui/PageHeader";
import { SkeletonLines } from "../../ui/Skeleton";
import { tasksUrl, taskUrl } from "../../ui/urls";

const NewItemDialog = lazy(async () => {
  const file = await import("../../features/items/NewItemDialog");
  return { default: file.NewItemDialog };
});

const VARIABLES = { filter: { hasPlan: false } };

/** Starts the query of the page. */
export function loader({ client }: PageLoad): void {
  client
    .query(ItemsQuery, VARIABLES)
    .toPromise()
    .catch(() => undefined);
}

/** 其他事项: what no plan holds, and parts that were handed down. */
export function ItemsPage() {
  const t = useMessages("items");
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const [{ data, error }, read] = useQuery({ query: ItemsQuery, variables: VARIABLES });
  const again = () => read({ requestPolicy: "network-only" });
  if (error !== undefined && data === undefined) {
    return <ErrorState isPage error={error} onRetry={again} />;
  }
  const items = data?.tasks.edges.map((edge) => edge.node) ?? [];
  const mayCreate = data?.viewer?.canCreateTasks === true;
  return (
    <div>
      <PageHeader
        title={t("page.title")}
        overline={
          <Link to={tasksUrl()} className="text-link hover:underline">
            {t("toTasks")}
          </Link>
        }
        meta={t("page.meta")}
        actions={
          <>
            <AsOfSwitch />
            {mayCreate && (
              <Button variant="primary" icon="plus" onClick={() => setOpen(true)}>
                {t("new")}
              </Button>
            )}
          </>
        }
      />
      {data === undefined && <SkeletonLines count={4} className="h-14" />}
      {data !== undefined && items.length === 0 && (
        <EmptyState title={t("none")}>{t(mayCreate ? "none.create" : "none.wait")}</EmptyState>
      )}
      {items.length > 0 && (
        <Card isFlush>
          <ItemList items={items} />
        </Card>
      )}
      {isOpen && (
        <Suspense fallback={null}>
          <NewItemDialog
            onClose={() => setOpen(false)}
            onDone={(code) => void navigate({ to: taskUrl(code) })}
          />
        </Suspense>
      )}
    </div>
  );
}
