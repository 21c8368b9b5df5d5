import { useMemo } from "react";
import { useQuery } from "urql";
import { PartDepartments } from "./queries";

/** A unit to choose. */
export interface PartOption {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly search: string;
}

/** The units that parts may be handed down to; the server refuses those out of reach. */
export function usePartDepartments(): readonly PartOption[] {
  const [first] = useQuery({ query: PartDepartments });
  const after = first.data?.departments.pageInfo.endCursor ?? null;
  const [second] = useQuery({
    query: PartDepartments,
    variables: { after },
    pause: first.data?.departments.pageInfo.hasNextPage !== true,
  });
  return useMemo(
    () =>
      [...(first.data?.departments.edges ?? []), ...(second.data?.departments.edges ?? [])].map(
        ({ node }) => ({
          id: node.id,
          label: node.name,
          hint: node.code,
          search: `${node.name} ${node.shortName} ${node.code}`,
        }),
      ),
    [first.data, second.data],
  );
}
