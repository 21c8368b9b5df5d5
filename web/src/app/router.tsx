import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { currentClient } from "../graphql/current-client";
import type { PageLoad } from "../graphql/page-load";
import { currentSession, readsForSomebody } from "../graphql/session";
import type { Area } from "../i18n/areas";
import { loadMessages } from "../i18n/messages";
import { loadDemoNote } from "./load-demo-note";
import { isRefused } from "./navigation";
import { loadPageStyles } from "./page-styles";
import { PageFailure } from "./PageFailure";
import { dayOf } from "../ui/as-of";
import { PagePending } from "../ui/PagePending";
import { Shell } from "./Shell";

/** A page module: the component under its name, and perhaps a loader that starts its query. */
type PageModule<Name extends string> = Readonly<Record<Name, () => React.ReactNode>> & {
  readonly loader?: (load: PageLoad) => unknown;
};

const root = createRootRoute({ component: Outlet });

/** Whoever is not signed in is sent to the sign-in, and back afterwards. */
async function onlySignedIn({ location }: { readonly location: { readonly href: string } }) {
  const [session] = await Promise.all([currentSession(), loadMessages("common", "shell")]);
  if (session.kind === "signedIn") return;
  const search = location.href === "/" ? {} : { to: location.href };
  throw redirect({ to: "/sign-in", search, replace: true });
}

/** All pages but the sign-in stand behind it, inside the shell. */
const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: Shell,
  beforeLoad: onlySignedIn,
});

/** Behind the sign-in as well, without the shell: the whole screen is theirs. */
const bare = createRoute({ getParentRoute: () => root, id: "bare", beforeLoad: onlySignedIn });

async function sessionWithNote() {
  const session = await currentSession();
  if (session.kind === "signedIn" && session.viewer.account.isDemo) await loadDemoNote();
  return session;
}

/** Pages that the first style sheet is enough for. */
const FIRST: readonly string[] = ["OverviewPage", "SignInPage"];

/** Registers a page whose code and words are loaded when it is opened or about to be. */
function page<Name extends string>(
  parent: typeof inside | typeof bare | typeof root,
  path: string,
  name: Name,
  load: () => Promise<PageModule<Name>>,
  ...areas: readonly Area[]
) {
  return createRoute({
    getParentRoute: () => parent as typeof root,
    path,
    component: lazyRouteComponent(load, name),
    loader: async ({ params, location }) => {
      const [module, session] = await Promise.all([
        load(),
        sessionWithNote(),
        loadMessages("common", ...areas),
        FIRST.includes(name) ? undefined : loadPageStyles(),
      ]);
      // A link that the pointer passes on its way to 退出登录 is prepared for nobody any more.
      if (parent !== root && !readsForSomebody()) return;
      // The shell tells of the missing permission; the server need not refuse as well.
      if (session.kind === "signedIn" && isRefused(location.pathname, session.viewer)) return;
      // A page as of an earlier day reads by itself.
      if (dayOf(location.pathname, location.searchStr) !== null) return;
      const search = new URLSearchParams(location.searchStr);
      module.loader?.({ client: currentClient(), params, search });
    },
  });
}

const overview = () => import("../pages/overview/OverviewPage");
const plans = () => import("../pages/plans/PlansPage");
const plan = () => import("../pages/plan/PlanPage");
const tasks = () => import("../pages/tasks/TasksPage");
const items = () => import("../pages/items/ItemsPage");
const task = () => import("../pages/task/TaskPage");
const metrics = () => import("../pages/metrics/MetricsPage");
const metric = () => import("../pages/metric/MetricPage");
const allocation = () => import("../pages/allocation/AllocationPage");
const matrix = () => import("../pages/matrix/MatrixPage");
const orgs = () => import("../pages/orgs/OrgsPage");
const handOut = () => import("../pages/hand-out/HandOutPage");
const report = () => import("../pages/report/ReportPage");
const sheets = () => import("../pages/sheets/SheetsPage");
const review = () => import("../pages/review/ReviewPage");
const importing = () => import("../pages/import/ImportPage");
const draft = () => import("../pages/draft/DraftPage");
const lightRules = () => import("../pages/light-rules/LightRulesPage");
const mails = () => import("../pages/mails/MailsPage");
const notices = () => import("../pages/notices/NoticesPage");
const notice = () => import("../pages/notice/NoticePage");
const issueNotices = () => import("../pages/issue-notices/IssueNoticesPage");
const notifications = () => import("../pages/notifications/NotificationsPage");
const audit = () => import("../pages/audit/AuditPage");
const accounts = () => import("../pages/accounts/AccountsPage");
const integrations = () => import("../pages/integrations/IntegrationsPage");
const graphiql = () => import("../pages/graphiql/GraphiqlPage");
const invitation = () => import("../pages/invitation/InvitationPage");
const me = () => import("../pages/me/MePage");
const help = () => import("../pages/help/HelpPage");
const notFound = () => import("../pages/not-found/NotFoundPage");
const wall = () => import("../pages/wall/WallPage");
const signIn = () => import("../pages/sign-in/SignInPage");

const tree = root.addChildren([
  page(root, "/sign-in", "SignInPage", signIn, "signIn"),
  page(root, "/invitation", "InvitationPage", invitation, "access"),
  bare.addChildren([page(bare, "/wall", "WallPage", wall, "wall", "attention", "domain")]),
  inside.addChildren([
    page(inside, "/", "OverviewPage", overview, "overview", "domain"),
    page(inside, "/plans", "PlansPage", plans, "plans", "domain"),
    page(inside, "/plans/import", "ImportPage", importing, "import", "draft", "act", "domain"),
    page(inside, "/plans/$code", "PlanPage", plan, "plan", "domain", "amend", "download"),
    page(inside, "/plans/$code/draft", "DraftPage", draft, "draft", "act", "domain"),
    page(inside, "/plans/$code/hand-out", "HandOutPage", handOut, "handOut", "act", "domain"),
    page(inside, "/tasks", "TasksPage", tasks, "tasks", "domain", "download"),
    page(inside, "/items", "ItemsPage", items, "items", "domain"),
    page(inside, "/tasks/$code", "TaskPage", task, "task", "figures", "life", "act", "domain"),
    page(inside, "/metrics", "MetricsPage", metrics, "metrics", "figures", "domain", "download"),
    page(inside, "/metrics/$code", "MetricPage", metric, "metrics", "figures"),
    page(
      inside,
      "/metrics/$code/allocation",
      "AllocationPage",
      allocation,
      "allocation",
      "metrics",
    ),
    page(inside, "/matrix", "MatrixPage", matrix, "matrix", "download"),
    page(inside, "/orgs/{-$code}", "OrgsPage", orgs, "orgs", "domain"),
    page(inside, "/report", "ReportPage", report, "report", "figures", "act", "domain"),
    page(inside, "/sheets", "SheetsPage", sheets, "sheets", "figures", "download", "act"),
    page(
      inside,
      "/review",
      "ReviewPage",
      review,
      "review",
      "report",
      "figures",
      "act",
      "domain",
      "amend",
    ),
    page(
      inside,
      "/settings/light",
      "LightRulesPage",
      lightRules,
      "lightRules",
      "reportRules",
      "calendar",
      "act",
      "domain",
    ),
    page(inside, "/settings/mails", "MailsPage", mails, "mails"),
    page(inside, "/notices", "NoticesPage", notices, "notices"),
    page(inside, "/notices/new", "IssueNoticesPage", issueNotices, "notices"),
    page(inside, "/notices/$code", "NoticePage", notice, "notices", "act"),
    page(inside, "/notifications", "NotificationsPage", notifications, "notifications", "act"),
    page(inside, "/audit", "AuditPage", audit, "audit"),
    page(inside, "/accounts", "AccountsPage", accounts, "accounts", "access", "act"),
    page(
      inside,
      "/integrations",
      "IntegrationsPage",
      integrations,
      "integrations",
      "accounts",
      "access",
      "act",
    ),
    page(inside, "/graphiql", "GraphiqlPage", graphiql, "integrations"),
    page(inside, "/me", "MePage", me, "me", "access", "factor", "act"),
    page(inside, "/help", "HelpPage", help, "help"),
    page(inside, "$", "NotFoundPage", notFound),
  ]),
]);

/** Search parameters are plain text, so that an address reads and copies well. */
export const router = createRouter({
  routeTree: tree,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(search as Record<string, string>).toString();
    return text === "" ? "" : `?${text}`;
  },
  scrollRestoration: true,
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageFailure,
  defaultPendingMs: 200,
  defaultPendingMinMs: 0,
});
