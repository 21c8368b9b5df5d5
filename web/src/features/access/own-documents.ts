import { graphql, type ResultOf } from "../../graphql/graphql";
import { RefusedField } from "../../graphql/refused-field";

/** Proves that the bearer of the session is still its owner. */
export const Reauthenticate = graphql(
  `
    mutation Reauthenticate($input: ReauthenticateInput!) {
      reauthenticate(input: $input) {
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);

/** Where somebody who has no password proves the same. */
export const SignInElsewhere = graphql(`
  query SignInElsewhere {
    instance {
      singleSignOn {
        name
        url
      }
    }
  }
`);

/** Sets another password of one's own. */
export const ChangePassword = graphql(
  `
    mutation ChangePassword($input: ChangePasswordInput!) {
      changePassword(input: $input) {
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);

/** One's sessions, and what happened before this one. */
export const OwnSessions = graphql(`
  query OwnSessions {
    viewer {
      sessions {
        id
        client
        address
        startedAt
        lastUsedAt
        isCurrent
      }
      lastSignIn {
        at
        address
        failedAttempts
        failedAt
      }
    }
  }
`);
export type SessionData = NonNullable<ResultOf<typeof OwnSessions>["viewer"]>["sessions"][number];

/** Ends one session. */
export const EndSession = graphql(
  `
    mutation EndSession($input: EndSessionInput!) {
      endSession(input: $input) {
        endedSessionId
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);

/** Ends every session but this one. */
export const EndOtherSessions = graphql(
  `
    mutation EndOtherSessions($input: EndOtherSessionsInput!) {
      endOtherSessions(input: $input) {
        endedCount
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);

/** What a delegation shows. */
export const DelegationData = graphql(`
  fragment DelegationData on Delegation @_unmask {
    id
    from {
      id
      displayName
    }
    to {
      id
      displayName
    }
    firstDay
    lastDay
    reason
    state
    viewerCanEnd
  }
`);
export type DelegationRow = ResultOf<typeof DelegationData>;

/** Who stands in for whom. */
export const OwnDelegations = graphql(
  `
    query OwnDelegations {
      viewer {
        delegations {
          ...DelegationData
        }
      }
    }
  `,
  [DelegationData],
);

/** Who stands in for somebody else. */
export const AccountDelegationsQuery = graphql(
  `
    query AccountDelegationsQuery($id: ID!) {
      account(id: $id) {
        id
        delegations {
          ...DelegationData
        }
      }
    }
  `,
  [DelegationData],
);

/** Who may stand in. */
export const DelegateCandidates = graphql(`
  query DelegateCandidates($text: String) {
    viewer {
      delegateCandidates(text: $text) {
        id
        displayName
        department {
          id
          shortName
        }
      }
    }
  }
`);

/** Lets somebody stand in. */
export const CreateDelegation = graphql(
  `
    mutation CreateDelegation($input: CreateDelegationInput!) {
      createDelegation(input: $input) {
        delegation {
          ...DelegationData
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [DelegationData, RefusedField],
);

/** Ends a delegation. */
export const EndDelegation = graphql(
  `
    mutation EndDelegation($input: EndDelegationInput!) {
      endDelegation(input: $input) {
        delegation {
          ...DelegationData
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [DelegationData, RefusedField],
);

/** Whom a one-time link is for. */
export const InvitationQuery = graphql(`
  query InvitationQuery($token: String!) {
    invitation(token: $token) {
      login
      displayName
      isFirst
      expiresAt
    }
  }
`);

/** Sets the password that a one-time link is for. */
export const AcceptInvitation = graphql(
  `
    mutation AcceptInvitation($input: AcceptInvitationInput!) {
      acceptInvitation(input: $input) {
        login
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);
