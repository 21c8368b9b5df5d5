import { Client, fetchExchange, makeOperation, mapExchange, type Operation } from "@urql/core";
import { authorizedFetch } from "./session";

/** Fields that say what the reader may do: nothing, on a day that is over. */
const MAY = /^(?:viewerCan|can)[A-Z]/;

/** Whether the query can be read as of a day. */
function takesDay({ query }: Operation): boolean {
  return query.definitions.some(
    (one) =>
      one.kind === "OperationDefinition" &&
      one.variableDefinitions?.some(({ variable }) => variable.name.value === "asOf") === true,
  );
}

/** The same answer, in which nothing may be done. */
export function withoutActs(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(withoutActs);
  if (data === null || typeof data !== "object") return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => {
      if (MAY.test(name) && value === true) return [name, false];
      if (name === "allowedTransitions" || name === "acts") return [name, []];
      return [name, withoutActs(value)];
    }),
  );
}

/**
 * A client that reads everything as of the end of a day. It keeps no cache: how a task was must not
 * be mixed with how it is.
 */
export function createPastClient(day: string): Client {
  return new Client({
    url: "/graphql",
    preferGetMethod: false,
    fetch: authorizedFetch,
    exchanges: [
      mapExchange({
        onOperation: (operation) =>
          operation.kind === "query" && takesDay(operation)
            ? makeOperation(operation.kind, {
                ...operation,
                variables: { ...(operation.variables as object), asOf: day },
              })
            : operation,
        onResult: (result) => ({ ...result, data: withoutActs(result.data) }),
      }),
      fetchExchange,
    ],
  });
}
