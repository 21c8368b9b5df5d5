import { graphql, type ResultOf } from "../../graphql/graphql";
import { RefusedField } from "../../graphql/refused-field";

/** An account with every role it was given. */
export const AccountData = graphql(`
  fragment AccountData on Account @_unmask {
    id
    login
    displayName
    isDemo
    isService
    state
    version
    lastSignInAt
    viewerCanManage
    viewerCanGrant
    viewerCanManageTokens
    department {
      id
      code
      shortName
    }
    grants {
      id
      role
      roleName
      reach
      firstDay
      lastDay
      state
      viewerCanEnd
      department {
        id
        shortName
      }
    }
  }
`);
export type AccountRow = ResultOf<typeof AccountData>;
export type GrantRow = AccountRow["grants"][number];

/** The accounts in reach. */
export const AccountsQuery = graphql(
  `
    query AccountsQuery($filter: AccountFilter, $after: String) {
      viewer {
        canInvite
      }
      accounts(first: 50, after: $after, filter: $filter) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          cursor
          node {
            ...AccountData
          }
        }
      }
    }
  `,
  [AccountData],
);

/** The sessions of an account, for those who manage it. */
export const AccountSessions = graphql(`
  query AccountSessions($id: ID!) {
    account(id: $id) {
      id
      sessions {
        id
        client
        address
        startedAt
        lastUsedAt
        isCurrent
      }
    }
  }
`);

/** Where the mails of an account go, masked, for those who manage it. */
export const AccountAddress = graphql(`
  query AccountAddress($id: ID!) {
    account(id: $id) {
      id
      mailAddress
    }
  }
`);

/** All units, to choose one. */
export const AccountUnits = graphql(`
  query AccountUnits {
    departments(first: 200) {
      edges {
        node {
          id
          code
          name
          shortName
        }
      }
    }
  }
`);

/** Whether the second factor of an account may be taken away. */
export const AccountFactor = graphql(`
  query AccountFactor($id: ID!) {
    account(id: $id) {
      id
      viewerCanResetSecondFactor
    }
  }
`);

/** Takes the second factor of somebody away who lost it. */
export const ResetSecondFactor = graphql(
  `
    mutation ResetSecondFactor($input: ResetSecondFactorInput!) {
      resetSecondFactor(input: $input) {
        account {
          id
          viewerCanResetSecondFactor
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);

/** Makes an account and its link. */
export const InviteAccount = graphql(
  `
    mutation InviteAccount($input: InviteAccountInput!) {
      inviteAccount(input: $input) {
        account {
          ...AccountData
        }
        link {
          path
          expiresAt
        }
        mailedTo
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [AccountData, RefusedField],
);

/** Makes a link for another password. */
export const StartPasswordReset = graphql(
  `
    mutation StartPasswordReset($input: StartPasswordResetInput!) {
      startPasswordReset(input: $input) {
        link {
          path
          expiresAt
        }
        mailedTo
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);
export type LinkData = NonNullable<
  ResultOf<typeof StartPasswordReset>["startPasswordReset"]["link"]
>;
/** How a link goes to its owner: shown here, by mail, or both. */
export interface LinkWay {
  readonly link: LinkData | null;
  readonly mailedTo: string | null;
}

/** Changes how an account is seen, where it belongs, and where its mails go. */
export const UpdateAccount = graphql(
  `
    mutation UpdateAccount($input: UpdateAccountInput!) {
      updateAccount(input: $input) {
        account {
          ...AccountData
          mailAddress
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [AccountData, RefusedField],
);

/** Whom an administrator may let stand in. */
export const LiveAccounts = graphql(`
  query LiveAccounts {
    accounts(first: 200, filter: { state: [ACTIVE] }) {
      edges {
        node {
          id
          login
          displayName
          department {
            id
            shortName
          }
        }
      }
    }
  }
`);

/** Takes the right to sign in away. */
export const DisableAccount = graphql(
  `
    mutation DisableAccount($input: DisableAccountInput!) {
      disableAccount(input: $input) {
        account {
          ...AccountData
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [AccountData, RefusedField],
);

/** Gives the right to sign in back. */
export const EnableAccount = graphql(
  `
    mutation EnableAccount($input: EnableAccountInput!) {
      enableAccount(input: $input) {
        account {
          ...AccountData
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [AccountData, RefusedField],
);

/** Gives a role. */
export const GrantRole = graphql(
  `
    mutation GrantRole($input: GrantRoleInput!) {
      grantRole(input: $input) {
        account {
          ...AccountData
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [AccountData, RefusedField],
);

/** Ends a role. */
export const EndGrant = graphql(
  `
    mutation EndGrant($input: EndGrantInput!) {
      endGrant(input: $input) {
        account {
          ...AccountData
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [AccountData, RefusedField],
);
