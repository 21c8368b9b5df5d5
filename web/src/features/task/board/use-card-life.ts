import { useCallback, useState } from "react";
import { useClient } from "urql";
import { TaskLifeQuery } from "../life/fragments";
import type { ResultOf } from "../../../graphql/graphql";

export type CardLife = NonNullable<ResultOf<typeof TaskLifeQuery>["task"]>;

/** Reads what may be done to one card, only once somebody takes it up. */
export function useCardLife(): {
  readonly life: CardLife | null;
  readonly read: (code: string, isFresh?: boolean) => Promise<CardLife | null>;
} {
  const client = useClient();
  const [life, setLife] = useState<CardLife | null>(null);
  const read = useCallback(
    async (code: string) => {
      const { data } = await client
        .query(TaskLifeQuery, { code }, { requestPolicy: "network-only" })
        .toPromise();
      const found = data?.task ?? null;
      setLife(found);
      return found;
    },
    [client],
  );
  return { life, read };
}
