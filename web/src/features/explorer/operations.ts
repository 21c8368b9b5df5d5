import { GraphQLError, Kind, type OperationTypeNode, parse } from "graphql";

/** An operation of a document. */
export interface Operation {
  /** Empty where it has none. */
  readonly name: string;
  readonly kind: `${OperationTypeNode}`;
}

/** What a text is: the operations of a document, or why it is none. */
export type Read =
  | { readonly operations: readonly Operation[]; readonly error: null }
  | { readonly operations: readonly []; readonly error: string };

/** Reads a document. */
export function operationsOf(text: string): Read {
  try {
    const operations = parse(text).definitions.flatMap((one) =>
      one.kind === Kind.OPERATION_DEFINITION
        ? [{ name: one.name?.value ?? "", kind: one.operation }]
        : [],
    );
    return { operations, error: null };
  } catch (error) {
    if (error instanceof GraphQLError) return { operations: [], error: error.message };
    throw error;
  }
}

/** The operation that is run: the one chosen, else the first. */
export function chosenOf(operations: readonly Operation[], name: string): Operation | null {
  return operations.find((one) => one.name === name) ?? operations[0] ?? null;
}

/** Variables as they were typed: an object, nothing, or null where they are no such thing. */
export function variablesOf(text: string): Readonly<Record<string, unknown>> | undefined | null {
  if (text.trim() === "") return undefined;
  try {
    const read: unknown = JSON.parse(text);
    const isObject = typeof read === "object" && read !== null && !Array.isArray(read);
    return isObject ? (read as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** An answer, laid out; as it came where it is no JSON. */
export function laidOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
