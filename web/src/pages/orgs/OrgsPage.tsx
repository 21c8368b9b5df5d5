import { useParams, useRouter } from "@tanstack/react-router";
import { useCallback, useDeferredValue, useMemo } from "react";
import { useQuery } from "urql";
import { DepartmentRates } from "../../features/department-rates/DepartmentRates";
import { DepartmentFigures } from "../../features/department-figures/DepartmentFigures";
import { DepartmentDetail } from "../../features/department-tree/DepartmentDetail";
import { ManageDepartment } from "../../features/department-tree/ManageDepartment";
import { RegisterOverview } from "../../features/department-tree/RegisterOverview";
import { DepartmentTree } from "../../features/department-tree/DepartmentTree";
import {
  DepartmentDetail_department,
  DepartmentTree_department,
  type DepartmentRow,
} from "../../features/department-tree/fragments";
import { buildTree, countBelow, matches, type Tree } from "../../features/department-tree/tree";
import { graphql, type ResultOf } from "../../graphql/graphql";
import { useAllPages } from "../../graphql/use-all-pages";
import { useViewer } from "../../graphql/use-session";
import { useMessages } from "../../i18n/messages";
import { AsOfSwitch } from "../../states/AsOfSwitch";
import { ErrorState } from "../../states/ErrorState";
import { keepingDay, useAsOfDay } from "../../ui/as-of";
import { EmptyState } from "../../ui/EmptyState";
import { Link } from "../../ui/Link";
import { PageHeader } from "../../ui/PageHeader";
import { SkeletonLines } from "../../ui/Skeleton";
import { TextInput } from "../../ui/TextInput";
import { orgsUrl } from "../../ui/urls";
import { useTypedText } from "../../ui/use-typed-text";
import { useUrlSearch } from "../../ui/use-url-search";

const OrgsTreeQuery = graphql(
  `
    query OrgsTreeQuery($after: String, $asOf: Date) {
      departments(first: 200, after: $after, asOf: $asOf) {
        edges {
          node {
            ...DepartmentTree_department
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount
      }
    }
  `,
  [DepartmentTree_department],
);

const OrgsDetailQuery = graphql(
  `
    query OrgsDetailQuery($code: ID!, $asOf: Date) {
      department(id: $code, asOf: $asOf) {
        ...DepartmentDetail_department
      }
    }
  `,
  [DepartmentDetail_department],
);

const NO_VARIABLES = {};
const departmentsOf = (data: ResultOf<typeof OrgsTreeQuery>) => data.departments;

/** 组织: the tree of units on the left, the chosen one on the right; on a phone one after the other. */
export function OrgsPage() {
  const t = useMessages("orgs");
  const { code } = useParams({ strict: false });
  const day = useAsOfDay();
  const router = useRouter();
  const [search, change] = useUrlSearch();
  const query = search.get("q") ?? "";
  const { nodes, isComplete, error, reload } = useAllPages(
    OrgsTreeQuery,
    NO_VARIABLES,
    departmentsOf,
  );
  const tree = useMemo(() => buildTree(nodes), [nodes]);
  const selected = nodes.find((one) => one.code === code || one.id === code) ?? null;
  const settle = useCallback((q: string) => change({ q }), [change]);
  const { input, typed } = useTypedText(query, settle);
  const shownQuery = useDeferredValue(typed);
  const found = useMemo(() => matches(tree, shownQuery).size, [tree, shownQuery]);

  if (error !== undefined && nodes.length === 0) {
    return <ErrorState isPage error={error} onRetry={reload} />;
  }
  const select = (department: DepartmentRow): void => {
    const kept = query === "" ? "" : `?q=${encodeURIComponent(query)}`;
    router.history.push(keepingDay(`${orgsUrl(department.code)}${kept}`, day));
  };
  return (
    <>
      <PageHeader
        title={t("page.title")}
        meta={isComplete ? t("page.count", { count: nodes.length }) : t("page.loading")}
        actions={<AsOfSwitch />}
      />
      <div className="grid items-start gap-4 md:grid-cols-[minmax(20rem,2fr)_3fr]">
        <section
          aria-label={t("tree.label")}
          className={`min-w-0 rounded-card border border-line bg-card p-3 md:sticky md:top-4 md:flex md:max-h-[calc(100dvh-6rem)] md:flex-col ${code === undefined ? "" : "max-md:hidden"}`}
        >
          <TextInput
            {...input}
            type="search"
            data-search=""
            aria-label={t("search.label")}
            placeholder={t("search.label")}
          />
          <p aria-live="polite" className="px-1 pt-1 text-sm text-muted empty:hidden">
            {shownQuery.trim() !== "" && t("search.found", { count: found })}
          </p>
          <div className="mt-2 min-h-0 md:overflow-y-auto">
            {nodes.length === 0 && <SkeletonLines count={12} className="h-10" />}
            {shownQuery.trim() !== "" && found === 0 ? (
              <EmptyState title={t("search.nothing")}>{t("search.nothing.detail")}</EmptyState>
            ) : (
              <DepartmentTree
                tree={tree}
                query={shownQuery}
                selected={selected?.id ?? null}
                onSelect={select}
              />
            )}
          </div>
        </section>
        <section
          aria-label={t("detail.label")}
          className={`min-w-0 ${code === undefined ? "max-md:hidden" : ""}`}
        >
          {code === undefined ? (
            nodes.length > 0 && <RegisterOverview tree={tree} departments={nodes} />
          ) : (
            <Detail key={code} code={code} tree={tree} onChanged={reload} />
          )}
        </section>
      </div>
    </>
  );
}

interface DetailProps {
  readonly code: string;
  readonly tree: Tree<DepartmentRow>;
  /** Called when the units are no longer those that were read. */
  readonly onChanged: () => void;
}

/** The chosen department, with the way back up on a phone. */
function Detail({ code, tree, onChanged }: DetailProps) {
  const t = useMessages("orgs");
  const day = useAsOfDay();
  const router = useRouter();
  const viewer = useViewer();
  const [{ data, error }, read] = useQuery({ query: OrgsDetailQuery, variables: { code } });
  const department = data?.department;
  if (department == null) {
    if (error !== undefined) {
      return <ErrorState error={error} onRetry={() => read({ requestPolicy: "network-only" })} />;
    }
    return data === undefined ? (
      <SkeletonLines count={8} className="h-10" />
    ) : (
      <EmptyState title={t("detail.absent")}>{t("detail.absent.detail", { code })}</EmptyState>
    );
  }
  const parent = department.ancestors.at(-1);
  return (
    <>
      <Link
        to={parent === undefined ? orgsUrl() : orgsUrl(parent.code)}
        className="control mb-2 inline-flex min-h-10 items-center text-link md:hidden"
      >
        {parent === undefined
          ? t("detail.backToTree")
          : t("detail.backTo", { name: parent.shortName })}
      </Link>
      <DepartmentDetail
        department={department}
        below={tree.childrenOf.get(department.id) ?? []}
        countyCount={countBelow(tree, department.id, "COUNTY_ASSOCIATION")}
        acts={
          department.viewerCanManage &&
          day === null && (
            <ManageDepartment
              department={department}
              onMarked={onChanged}
              onAdded={(added) => {
                onChanged();
                router.history.push(orgsUrl(added));
              }}
            />
          )
        }
        figures={viewer?.canReadPlans === true && <DepartmentFigures code={department.code} />}
      />
      {viewer?.permissions.includes("report.read") === true && (
        <div className="mt-4">
          <DepartmentRates code={department.code} />
        </div>
      )}
    </>
  );
}
