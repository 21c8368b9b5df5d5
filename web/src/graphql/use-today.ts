import { useQuery } from "urql";
import { graphql } from "./graphql";

const Today = graphql(`
  query Today {
    instance {
      isDemo
      today
    }
  }
`);

/** The day it is for the installation (`2025-07-04`), by which deadlines count; null until known. */
export function useToday(): { readonly today: string | null; readonly isDemo: boolean } {
  const [{ data }] = useQuery({ query: Today });
  return { today: data?.instance.today ?? null, isDemo: data?.instance.isDemo ?? false };
}
