import { graphql, type ResultOf } from "../../graphql/graphql";

/** An event of the trail: its row, and what its drawer tells. */
export const AuditTable_event = graphql(`
  fragment AuditTable_event on AuditEvent @_unmask {
    number
    occurredAt
    actor {
      id
      displayName
      login
    }
    onBehalfOf {
      id
      displayName
    }
    address
    sessionKey
    requestKey
    action
    objectType
    objectKey
    outcome
    detail
    hash
  }
`);
export type AuditEventRow = ResultOf<typeof AuditTable_event>;

/** Whether the trail agrees with what was signed outside the database. */
export const AuditStanding_verification = graphql(`
  fragment AuditStanding_verification on AuditVerification @_unmask {
    events
    hash
    state
    anchor {
      number
      keptAt
      hash
    }
  }
`);
export type AuditStandingData = ResultOf<typeof AuditStanding_verification>;
