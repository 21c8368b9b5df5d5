import { graphql } from "../../graphql/graphql";

/** Reads a file or text into a draft plan. */
export const ImportPlan = graphql(`
  mutation ImportPlan($input: ImportPlanInput!) {
    importPlan(input: $input) {
      plan {
        id
        code
        title
        state
        documentNumber
      }
      isNew
      userErrors {
        code
        path
        message
      }
    }
  }
`);
