import { graphql, type ResultOf } from "./graphql";

/** A value of a changed field, in whatever form the field has. */
export const AmendedValueFields = graphql(`
  fragment AmendedValueFields on AmendedValue @_unmask {
    text
    date
    comparator
    value
    isEvidenceAsked
    lead {
      id
      shortName
    }
    support {
      id
      shortName
    }
  }
`);
export type AmendedValueData = ResultOf<typeof AmendedValueFields>;

/** What an amendment changes, field by field, old → new. */
export const AmendedFields = graphql(
  `
    fragment AmendedFields on Amendment @_unmask {
      changes {
        field
        metric {
          id
          code
        }
        old {
          ...AmendedValueFields
        }
        new {
          ...AmendedValueFields
        }
      }
    }
  `,
  [AmendedValueFields],
);
export type AmendedFieldsData = ResultOf<typeof AmendedFields>;
