import { initGraphQLTada } from "gql.tada";
import type { introspection } from "./graphql-env";

/** Makes a typed document from query text; the types come from `schema.graphql`. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: {
    ID: string;
    /** Calendar day, `2025-06-30`. */
    Date: string;
    /** Instant, RFC 3339 with zone. */
    DateTime: string;
    /** Exact decimal as text, never a float. */
    Decimal: string;
    /** Month, quarter or year, `2025-03`. */
    Period: string;
  };
}>();

// biome-ignore lint/performance/noBarrelFile: the one door to gql.tada, beside what it types
export { type FragmentOf, type ResultOf, type VariablesOf, readFragment } from "gql.tada";
