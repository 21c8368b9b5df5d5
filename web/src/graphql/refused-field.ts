import { graphql, type ResultOf } from "./graphql";

/** Something that the user can mend, as every payload names it; spread it into `userErrors`. */
export const RefusedField = graphql(`
  fragment RefusedField on UserError @_unmask {
    code
    path
    message
  }
`);
export type RefusedFieldData = ResultOf<typeof RefusedField>;
