import { type GraphQLSchema, isInputObjectType, isInterfaceType, isObjectType } from "graphql";

/** A type, or a field of one. */
export interface FoundName {
  readonly type: string;
  readonly field: string | null;
}

/** So many are shown. */
const MOST = 40;

/** Types and fields whose name has the text in it, types first. */
export function searchIn(schema: GraphQLSchema, text: string): readonly FoundName[] {
  const wanted = text.trim().toLowerCase();
  const fits = (name: string): boolean => name.toLowerCase().includes(wanted);
  const types = Object.values(schema.getTypeMap()).filter((one) => !one.name.startsWith("__"));
  const named = types
    .filter((one) => fits(one.name))
    .map((one) => ({ type: one.name, field: null }));
  const fields = types.flatMap((one) => {
    if (!(isObjectType(one) || isInterfaceType(one) || isInputObjectType(one))) return [];
    const names = Object.keys(one.getFields()).filter(fits);
    return names.map((field) => ({ type: one.name, field }));
  });
  return [...named, ...fields].slice(0, MOST);
}
