import { Client, fetchExchange } from "@urql/core";
import { cacheExchange, type KeyingConfig } from "@urql/exchange-graphcache";
import { authorizedFetch } from "./session";

const unkeyed = () => null;

/** Types without an id: they live inside their parent. */
const keys: KeyingConfig = {
  Viewer: unkeyed,
  Grant: unkeyed,
  PlanPart: unkeyed,
  PlanOverview: unkeyed,
  StateCount: unkeyed,
  KindCount: unkeyed,
  SectionCount: unkeyed,
  DepartmentCount: unkeyed,
  PlanFinding: unkeyed,
  NamedFigure: unkeyed,
  UserError: unkeyed,
  UnresolvedDepartment: unkeyed,
  Tile: unkeyed,
  Instance: unkeyed,
  DemoAccount: unkeyed,
};

/** Root fields whose entries change when a plan appears, is issued or goes. */
const planLists = ["plans", "tasks", "metrics"] as const;

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
            importPlan: (_result, _args, cache) => {
              for (const field of planLists) cache.invalidate("Query", field);
            },
            issuePlan: (_result, _args, cache) => {
              for (const field of planLists) cache.invalidate("Query", field);
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
