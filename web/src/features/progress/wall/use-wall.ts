import { useEffect, useRef, useState } from "react";
import { useClient, useQuery } from "urql";
import { graphql } from "../../../graphql/graphql";
import { isLive, onReturn, subscribe } from "../../../graphql/live";
import { print } from "../../../graphql/print";
import { ProgressQuery } from "../queries";
import { WallLightsQuery, WallMetricsQuery, WallPlanQuery, WallUnitsQuery } from "./queries";

const WallNews = graphql(`
  subscription WallNews {
    changed(types: [AMENDMENT, MEASUREMENT, MEASUREMENT_SHEET, METRIC, MILESTONE, PLAN, TASK]) {
      action
    }
  }
`);

/** How often everything is read again while nothing can be told. */
const POLL_MS = 60_000;
/** How often it is read again anyway: days pass without news. */
const LONGEST_MS = 5 * POLL_MS;
/** How long news gather before everything is read again. */
const GATHER_MS = 2_000;

/** Levels whose units stand on the map. */
const BELOW: readonly string[] = ["CITY", "COUNTY"];

/** Everything on the wall, read again when something changes, and from time to time; the last stays while none comes. */
export function useWall() {
  const client = useClient();
  const [isLost, setLost] = useState(false);
  const [readAt, setReadAt] = useState(() => Date.now());
  const [frame, readFrame] = useQuery({ query: WallPlanQuery });
  const plan = frame.data?.plans.edges[0]?.node;
  const variables = { plan: plan?.code ?? "" };
  const pause = plan === undefined;
  const [lights] = useQuery({ query: WallLightsQuery, variables, pause });
  const [progress] = useQuery({ query: ProgressQuery, variables, pause });
  const [metrics] = useQuery({ query: WallMetricsQuery, variables, pause });
  const below = (metrics.data?.metrics.edges ?? [])
    .map((edge) => edge.node)
    .filter((metric) => BELOW.includes(metric.reportingLevel));
  const codes = below.slice(0, 50).map((metric) => metric.code);
  const [units] = useQuery({
    query: WallUnitsQuery,
    variables: { metrics: codes },
    pause: codes.length === 0,
  });
  const asked = useRef({ plan: plan?.code, codes });
  useEffect(() => {
    asked.current = { plan: plan?.code, codes };
  });

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let begun = Date.now();
    let isMissing = false;
    const fresh = { requestPolicy: "network-only" } as const;
    const read = async (): Promise<void> => {
      timer = undefined;
      begun = Date.now();
      const { plan: code, codes: shown } = asked.current;
      const of = { plan: code ?? "" };
      // One after the other: a wall is in no hurry, and others are at work.
      const first = await client.query(WallPlanQuery, {}, fresh).toPromise();
      let hasFailed = first.error !== undefined;
      if (code !== undefined && !hasFailed) {
        const [one, other] = await Promise.all([
          client.query(WallLightsQuery, of, fresh).toPromise(),
          client.query(ProgressQuery, of, fresh).toPromise(),
        ]);
        hasFailed = one.error !== undefined || other.error !== undefined;
      }
      if (shown.length > 0 && !hasFailed) {
        const { error } = await client.query(WallUnitsQuery, { metrics: shown }, fresh).toPromise();
        hasFailed = error !== undefined;
      }
      isMissing = hasFailed;
      setLost(hasFailed);
      if (!hasFailed) setReadAt(Date.now());
    };
    const soon = (): void => {
      timer ??= setTimeout(() => void read(), GATHER_MS);
    };
    const poll = setInterval(() => {
      if (!isLive() || isMissing || Date.now() - begun >= LONGEST_MS) soon();
    }, POLL_MS);
    const end = subscribe(
      { query: print(WallNews), operationName: "WallNews" },
      { next: soon, error: () => undefined, complete: () => undefined },
    );
    const stop = onReturn(soon);
    window.addEventListener("online", soon);
    return () => {
      clearTimeout(timer);
      clearInterval(poll);
      end();
      stop();
      window.removeEventListener("online", soon);
    };
  }, [client]);

  return {
    plan,
    isReady: frame.data !== undefined,
    error: plan === undefined ? frame.error : undefined,
    retry: () => readFrame({ requestPolicy: "network-only" }),
    lights: lights.data,
    progress: progress.data?.plan ?? undefined,
    units: units.data?.metricMatrix,
    /** Names of the metrics that the map is about. */
    metricsBelow: below.map((metric) => metric.name),
    hasMap: codes.length > 0,
    isLost,
    readAt,
  };
}
export type Wall = ReturnType<typeof useWall>;
