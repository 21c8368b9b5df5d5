import { graphql } from "../../graphql/graphql";
import { RefusedField } from "../../graphql/refused-field";

/** Adds a unit below another one (新增单位). */
export const AddDepartment = graphql(
  `
    mutation AddDepartment($input: AddDepartmentInput!) {
      addDepartment(input: $input) {
        department {
          id
          code
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);

/** Says from when on a unit is one of the venues (科技馆), or is none any more. */
export const SetVenue = graphql(
  `
    mutation SetVenue($input: SetVenueInput!) {
      setVenue(input: $input) {
        department {
          id
          isVenue
          venueFrom
          venueTo
          version
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);
