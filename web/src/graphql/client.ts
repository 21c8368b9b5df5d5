import { Client, fetchExchange } from "@urql/core";
import { cacheExchange, type KeyingConfig, type UpdateResolver } from "@urql/exchange-graphcache";
import { authorizedFetch } from "./session";

const unkeyed = () => null;

/** Types without an id: they live inside their parent. */
const keys: KeyingConfig = {
  Viewer: unkeyed,
  Change: unkeyed,
  ChangeFeed: unkeyed,
  WebhookAttempt: unkeyed,
  TaskLife: unkeyed,
  TaskStep: unkeyed,
  TransitionVerdict: unkeyed,
  AuditEvent: unkeyed,
  AuditAnchor: unkeyed,
  AuditVerification: unkeyed,
  Grant: unkeyed,
  PlanPart: unkeyed,
  PlanOverview: unkeyed,
  StateCount: unkeyed,
  KindCount: unkeyed,
  SectionCount: unkeyed,
  DepartmentCount: unkeyed,
  PlanFinding: unkeyed,
  NamedFigure: unkeyed,
  NoticeStep: unkeyed,
  NoticeAddressee: unkeyed,
  NoticeRecipient: unkeyed,
  NoticeActVerdict: unkeyed,
  NoticeProspect: unkeyed,
  NoticeReach: unkeyed,
  NotificationSettings: unkeyed,
  UserError: unkeyed,
  UnresolvedDepartment: unkeyed,
  Tile: unkeyed,
  Instance: unkeyed,
  DemoAccount: unkeyed,
  SingleSignOn: unkeyed,
  AmendedValue: unkeyed,
  AmendmentChange: unkeyed,
  MilestoneStep: unkeyed,
  TaskOrigin: unkeyed,
  ReportSheet: unkeyed,
  ReportRow: unkeyed,
  ReportRemark: unkeyed,
  ReportStep: unkeyed,
  ReportRowPayload: unkeyed,
  MeasurementRowPayload: unkeyed,
  ReportingRate: unkeyed,
  MissingReport: unkeyed,
  ReviewItem: unkeyed,
  MetricFigures: unkeyed,
  MetricForecast: unkeyed,
  MeasurementDoubt: unkeyed,
  MeasurementSheetCheck: unkeyed,
  MeasurementSheetPreview: unkeyed,
  SheetColumn: unkeyed,
  SheetFigure: unkeyed,
  SheetFinding: unkeyed,
  SheetReceipt: unkeyed,
  SheetRow: unkeyed,
  ForecastPoint: unkeyed,
  Allocation: unkeyed,
  AllocationShare: unkeyed,
  AllocationBalance: unkeyed,
  AllocationPreview: unkeyed,
  MetricCapacity: unkeyed,
  MetricRollup: unkeyed,
  MetricRollupRow: unkeyed,
  MetricMatrix: unkeyed,
  MetricMatrixRow: unkeyed,
  RollupCell: unkeyed,
  RollupFigure: unkeyed,
  FigureFormula: unkeyed,
  FormulaTerm: unkeyed,
  TaskMatrix: unkeyed,
  TaskMatrixRow: unkeyed,
  TaskMatrixCell: unkeyed,
  Light: unkeyed,
  LightReason: unkeyed,
  LightRemedy: unkeyed,
  LightOverride: unkeyed,
  LightCount: unkeyed,
  LightRules: unkeyed,
  LightRule: unkeyed,
  LightRulesPreview: unkeyed,
  LightChange: unkeyed,
  CalendarDay: unkeyed,
  CalendarYear: unkeyed,
  ReportRules: unkeyed,
  ReportRule: unkeyed,
  ReportRulesPreview: unkeyed,
  ReportWindow: unkeyed,
  LastSignIn: unkeyed,
  Invitation: unkeyed,
  AccountLink: unkeyed,
  SecondFactor: unkeyed,
  SecondFactorSetup: unkeyed,
  QrCode: unkeyed,
  SignInChallenge: unkeyed,
  TokenUsage: unkeyed,
  UsageDay: unkeyed,
};

/** Root fields whose entries change when a plan appears, is issued or goes. */
const planLists = ["plans", "tasks", "metrics"] as const;

/** What may be done to a task moves the counts of its plan, and perhaps its light. */
const acts = [
  "handOutTasks",
  "acceptTask",
  "declineTask",
  "reassignTask",
  "submitCompletion",
  "returnTask",
  "completeTask",
  "completeStage",
  "beginStage",
  "suspendTask",
  "resumeTask",
  "reopenTask",
  "archiveTask",
  "cancelTask",
  "requestExtension",
  "decideExtension",
  "overrideLight",
  "endLightOverride",
] as const;

type Acted = { readonly id: string; readonly light?: unknown } | null | undefined;

/** Counts of a plan, and the light where the answer did not bring it, are read again after an act. */
const forgetCounts: UpdateResolver = (result, _args, cache, info) => {
  const payload = result[info.fieldName] as {
    readonly task?: Acted;
    readonly rows?: readonly { readonly task: Acted }[];
  } | null;
  const tasks = [payload?.task, ...(payload?.rows ?? []).map((row) => row.task)];
  for (const task of tasks) {
    if (task == null) continue;
    const key = { __typename: "Task", id: task.id };
    const plan = cache.resolve(key, "plan");
    if (typeof plan === "string") cache.invalidate(plan, "overview");
    if (task.light === undefined) cache.invalidate(key, "light");
  }
};

type Measured = { readonly id: string } | null;

/** What metrics amount to is read again when what they stand on changed, and so are lists of files. */
const forgetFigures: UpdateResolver = (result, _args, cache, info) => {
  const payload = result[info.fieldName] as {
    readonly rows?: readonly { readonly measurement: Measured }[];
    readonly sheet?: { readonly measurements: readonly Measured[] } | null;
  } | null;
  const rows = payload?.rows?.map((row) => row.measurement);
  if (payload?.sheet != null) cache.invalidate("Query", "measurementSheets");
  for (const measurement of rows ?? payload?.sheet?.measurements ?? []) {
    if (measurement === null) continue;
    const metric = cache.resolve({ __typename: "Measurement", id: measurement.id }, "metric");
    if (typeof metric !== "string") continue;
    for (const field of cache.inspectFields(metric)) {
      if (field.fieldName === "figures") cache.invalidate(metric, "figures", field.arguments);
    }
  }
};

/** A client with an empty normalised cache; make a new one when the reader or the language changes. */
export function createClient(): Client {
  return new Client({
    url: "/graphql",
    preferGetMethod: false,
    fetch: authorizedFetch,
    exchanges: [
      cacheExchange({
        keys,
        updates: {
          Mutation: {
            ...Object.fromEntries(acts.map((name) => [name, forgetCounts])),
            recordMeasurements: forgetFigures,
            verifyMeasurements: forgetFigures,
            applyMeasurementSheet: forgetFigures,
            undoMeasurementSheet: forgetFigures,
            inviteAccount: (_result, _args, cache) => {
              cache.invalidate("Query", "accounts");
            },
            createServiceAccount: (_result, _args, cache) => {
              cache.invalidate("Query", "accounts");
            },
            // The one that it takes the place of ends sooner, too.
            issueApiToken: (_result, { input }, cache) => {
              const id = (input as { readonly accountId: string }).accountId;
              cache.invalidate({ __typename: "Account", id }, "apiTokens");
            },
            createTask: (_result, _args, cache) => {
              cache.invalidate("Query", "tasks");
            },
            importPlan: (_result, _args, cache) => {
              for (const field of planLists) cache.invalidate("Query", field);
            },
            issuePlan: (_result, _args, cache) => {
              for (const field of planLists) cache.invalidate("Query", field);
            },
            issueNotices: (_result, _args, cache) => {
              cache.invalidate("Query", "notices");
              cache.invalidate("Query", "noticeRecipients");
            },
            discardPlan: (_result, _args, cache) => {
              for (const field of planLists) cache.invalidate("Query", field);
            },
          },
        },
      }),
      fetchExchange,
    ],
  });
}
