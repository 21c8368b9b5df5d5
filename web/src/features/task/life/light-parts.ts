import { graphql } from "../../../graphql/graphql";

/** A light with why it is so and what would turn it green. */
export const TaskLightParts = graphql(`
  fragment TaskLightParts on Light @_unmask {
    colour
    computed
    pace
    reasons {
      code
      colour
      message
    }
    turnsGreen {
      code
      message
    }
    override {
      colour
      reason
      until
      by {
        id
        displayName
      }
    }
  }
`);
