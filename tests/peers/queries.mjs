// What is asked, of Duban and of PostGraphile, and the facts that both have to answer alike.

/** The plan and the metric of the demo. */
export const PLAN = "2025";
export const METRIC = "2025-19-M2";
const TASK = "2025-19";
const [FIRST_MONTH, LAST_MONTH] = ["2025-01", "2025-12"];

const nodes = (list) => (list.edges ? list.edges.map((edge) => edge.node) : list.nodes);
/** Rows whose order says nothing, in one order. */
const sorted = (rows) => rows.map((row) => JSON.stringify(row)).sort();
/** A figure as a plain decimal, however many zeros it was written with. */
const decimal = (figure) => (figure === null ? null : String(Number(figure)));

const dashboard = {
  name: "dashboard",
  title: "Dashboard query",
  duban: `query Dashboard($plan: ID!) {
  plan(id: $plan) {
    code title documentNumber issuingBody issuedOn
    overview {
      taskCount metricCount taskWithMetricCount taskWithDeadlineCount
      byState { state count }
      byKind { kind count }
      bySection { section { ordinal title } taskCount }
      byDepartment { department { code name shortName } leadCount supportCount }
      nextDeadlines(first: 5) { code title deadline lead { shortName } }
    }
  }
  plans(first: 20, state: ISSUED) { edges { node { code title } } }
  departments(first: 40, filter: { kind: [MUNICIPAL_ASSOCIATION] }) {
    edges { node { code name shortName tile { column row } } }
  }
}`,
  peer: `query Dashboard($plan: String!) {
  planByCode(code: $plan) {
    code title documentNumber issuingBody issuedOn
    counts { taskCount metricCount taskWithMetricCount taskWithDeadlineCount }
    byState { nodes { state count } }
    byKind { nodes { kind count } }
    bySection { nodes { section { ordinal title } taskCount } }
    byDepartment { nodes { department { code name shortName } leadCount supportCount } }
    nextDeadlines(first: 5) { nodes { code title deadline lead { department { shortName } } } }
  }
  allPlans(first: 20, condition: { state: "ISSUED" }) { nodes { code title } }
  allDepartments(first: 40, condition: { kind: "MUNICIPAL_ASSOCIATION" }) {
    nodes { code name shortName tileColumn tileRow }
  }
}`,
  variables: { plan: PLAN },
  factsOfDuban: ({ plan: { overview, ...plan }, plans, departments }) => ({
    plan,
    counts: [
      overview.taskCount,
      overview.metricCount,
      overview.taskWithMetricCount,
      overview.taskWithDeadlineCount,
    ],
    byState: sorted(overview.byState),
    byKind: sorted(overview.byKind),
    bySection: sorted(overview.bySection),
    byDepartment: sorted(overview.byDepartment),
    nextDeadlines: overview.nextDeadlines.map(({ lead, ...task }) => ({
      ...task,
      lead: lead?.shortName ?? null,
    })),
    plans: sorted(nodes(plans)),
    departments: sorted(
      nodes(departments).map(({ tile, ...one }) => ({ ...one, tile: [tile?.column, tile?.row] })),
    ),
  }),
  factsOfPeer: ({ planByCode, allPlans, allDepartments }) => {
    const { counts, byState, byKind, bySection, byDepartment, nextDeadlines, ...plan } = planByCode;
    return {
      plan,
      counts: [
        counts.taskCount,
        counts.metricCount,
        counts.taskWithMetricCount,
        counts.taskWithDeadlineCount,
      ],
      byState: sorted(byState.nodes),
      byKind: sorted(byKind.nodes),
      bySection: sorted(bySection.nodes),
      byDepartment: sorted(byDepartment.nodes),
      nextDeadlines: nextDeadlines.nodes.map(({ lead, ...task }) => ({
        ...task,
        lead: lead?.department.shortName ?? null,
      })),
      plans: sorted(allPlans.nodes),
      departments: sorted(
        allDepartments.nodes.map(({ tileColumn, tileRow, ...one }) => ({
          ...one,
          tile: [tileColumn, tileRow],
        })),
      ),
    };
  },
};

const tasks = {
  name: "tasks",
  title: "Task page of 50",
  duban: `query Tasks($plan: ID!) {
  tasks(first: 50, filter: { plan: $plan }, orderBy: { field: POSITION }) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { node {
      code kind state title deadline position
      plan { code }
      section { ordinal title position partIndex }
      lead { code shortName }
      metrics(first: 3) { totalCount edges { node { value unit comparator isPerYear isTentative } } }
    } }
  }
}`,
  peer: `query Tasks($plan: String!) {
  planByCode(code: $plan) {
    tasksByPlanId(first: 50, orderBy: POSITION_ASC) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        code kind state title deadline position
        planByPlanId { code }
        sectionBySectionId { ordinal title position part }
        lead { department { code shortName } }
        metricsByTaskId(first: 3) {
          totalCount
          nodes { value unit comparator isPerYear isTentative }
        }
      }
    }
  }
}`,
  variables: { plan: PLAN },
  factsOfDuban: ({ tasks: { totalCount, pageInfo, edges } }) => ({
    totalCount,
    hasNextPage: pageInfo.hasNextPage,
    tasks: edges.map(({ node: { plan, section, lead, metrics, ...task } }) => ({
      ...task,
      plan: plan.code,
      section: [section?.ordinal, section?.title, section?.position, section?.partIndex],
      lead: [lead?.code, lead?.shortName],
      metricCount: metrics.totalCount,
      metrics: sorted(nodes(metrics).map((one) => ({ ...one, value: decimal(one.value) }))),
    })),
  }),
  factsOfPeer: ({ planByCode: { tasksByPlanId } }) => ({
    totalCount: tasksByPlanId.totalCount,
    hasNextPage: tasksByPlanId.pageInfo.hasNextPage,
    tasks: tasksByPlanId.nodes.map(
      ({ planByPlanId, sectionBySectionId: section, lead, metricsByTaskId: metrics, ...task }) => ({
        ...task,
        plan: planByPlanId.code,
        section: [section?.ordinal, section?.title, section?.position, section?.part],
        lead: [lead?.department.code, lead?.department.shortName],
        metricCount: metrics.totalCount,
        metrics: sorted(
          metrics.nodes.map((one) => ({ ...one, value: decimal(Number(one.value) / 10_000) })),
        ),
      }),
    ),
  }),
};

const rollup = {
  name: "rollup",
  title: "Roll-up, 18 cities × 12 months",
  duban: `query Rollup($metric: ID!, $cities: [ID!]!, $from: Period!, $until: Period!) {
  metricRollup(metric: $metric, departments: $cities, from: $from, until: $until) {
    rows {
      department { code shortName }
      cells { period ofPeriod { verified onTime late notApplicable } }
    }
  }
}`,
  peer: `query Rollup($metric: UUID!) {
  allDepartments(first: 18, condition: { kind: "MUNICIPAL_ASSOCIATION" }) {
    nodes {
      code shortName
      cells(condition: { metricId: $metric }, orderBy: PERIOD_ASC) {
        nodes { period verified onTime late notApplicable }
      }
    }
  }
}`,
  variables: { metric: METRIC, from: FIRST_MONTH, until: LAST_MONTH },
  factsOfDuban: ({ metricRollup: { rows } }) =>
    sorted(
      rows.map(({ department, cells }) => ({
        ...department,
        cells: cells.map(({ period, ofPeriod: { verified, onTime, late, notApplicable } }) => [
          period,
          decimal(verified),
          onTime,
          late,
          notApplicable,
        ]),
      })),
    ),
  factsOfPeer: ({ allDepartments }) =>
    sorted(
      allDepartments.nodes.map(({ code, shortName, cells }) => ({
        code,
        shortName,
        cells: cells.nodes.map(({ period, verified, onTime, late, notApplicable }) => [
          period,
          decimal(verified),
          onTime,
          late,
          notApplicable,
        ]),
      })),
    ),
};

const lookup = {
  name: "lookup",
  title: "Lookup by code",
  duban: `query Lookup($code: ID!) {
  task(id: $code) {
    code kind state title text deadline position
    plan { code title }
    section { ordinal title }
    lead { code name shortName }
  }
}`,
  peer: `query Lookup($code: String!) {
  taskByCode(code: $code) {
    code kind state title text deadline position
    planByPlanId { code title }
    sectionBySectionId { ordinal title }
    lead { department { code name shortName } }
  }
}`,
  variables: { code: TASK },
  factsOfDuban: ({ task }) => task,
  factsOfPeer: ({ taskByCode: { planByPlanId, sectionBySectionId, lead, ...task } }) => ({
    ...task,
    plan: planByPlanId,
    section: sectionBySectionId,
    lead: lead?.department ?? null,
  }),
};

/** Those that are read, in the order in which they are measured. */
export const READS = [dashboard, tasks, rollup, lookup];
