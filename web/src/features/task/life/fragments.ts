import { graphql, type ResultOf } from "../../../graphql/graphql";
import { TaskLightParts } from "./light-parts";

/** Somebody who takes part, with the unit. */
export const TaskPerson = graphql(`
  fragment TaskPerson on Person @_unmask {
    id
    displayName
  }
`);
export type TaskPersonData = ResultOf<typeof TaskPerson>;

/** What an act may change of a task: where it stands, who answers, what may be done now. */
export const TaskLifeFields = graphql(
  `
    fragment TaskLifeFields on Task @_unmask {
      id
      code
      version
      state
      deadline
      lead {
        id
        code
        shortName
      }
      assignments(first: 40) {
        edges {
          node {
            id
            role
            nameInText
            department {
              id
              code
              name
              shortName
            }
          }
        }
      }
      life {
        isStanding
        originalDeadline
        signBy
        isOverdue
        mendBy
        reviewOn
        grade
        accountable {
          ...TaskPerson
        }
        substitute {
          ...TaskPerson
        }
        ownerCandidates {
          ...TaskPerson
        }
        steps(first: 200) {
          edges {
            node {
              seq
              transition
              from
              to
              at
              reason
              by {
                ...TaskPerson
              }
              onBehalfOf {
                ...TaskPerson
              }
            }
          }
        }
        extensions {
          id
          from
          to
          reason
          state
          requestedAt
          requestedBy {
            ...TaskPerson
          }
          decidedAt
          decidedBy {
            ...TaskPerson
          }
          decisionReason
        }
        transitions {
          transition
          isAllowed
          refusal {
            code
            message
          }
        }
        viewerCanRequestExtension
        viewerCanDecideExtension
        viewerCanOverrideLight
      }
      light {
        ...TaskLightParts
      }
    }
  `,
  [TaskPerson, TaskLightParts],
);
export type TaskLifeData = ResultOf<typeof TaskLifeFields>;
export type TaskStepData = TaskLifeData["life"]["steps"]["edges"][number]["node"];
export type ExtensionData = TaskLifeData["life"]["extensions"][number];
export type VerdictData = TaskLifeData["life"]["transitions"][number];
export type TransitionName = VerdictData["transition"];
export type GradeName = NonNullable<TaskLifeData["life"]["grade"]>;

/** The life of one task, for those who need no more of it. */
export const TaskLifeQuery = graphql(
  `
    query TaskLifeQuery($code: ID!, $asOf: Date) {
      task(id: $code, asOf: $asOf) {
        title
        plan {
          id
          code
          viewerCanHandOut
        }
        ...TaskLifeFields
      }
    }
  `,
  [TaskLifeFields],
);
