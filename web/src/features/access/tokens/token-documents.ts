import { graphql, type ResultOf } from "../../../graphql/graphql";
import { RefusedField } from "../../../graphql/refused-field";
import { AccountData } from "../account-documents";

/** A token without what is secret of it. */
export const TokenData = graphql(`
  fragment TokenData on ApiToken @_unmask {
    id
    name
    publicId
    scopes
    metricCodes
    addresses
    createdAt
    createdBy {
      id
      displayName
    }
    expiresAt
    lastUsedAt
    lastAddress
    revokedAt
    successorOf
    state
  }
`);
export type TokenRow = ResultOf<typeof TokenData>;
export type Scope = TokenRow["scopes"][number];

/** A service account by its login, or its id. */
export const ServiceAccount = graphql(
  `
    query ServiceAccount($id: ID!) {
      account(id: $id) {
        ...AccountData
      }
    }
  `,
  [AccountData],
);

/** The tokens of all service accounts, for those who manage tokens. */
export const ServiceTokens = graphql(`
  query ServiceTokens($after: String) {
    accounts(first: 50, after: $after, filter: { isService: true }) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        cursor
        node {
          id
          apiTokens {
            id
            expiresAt
            lastUsedAt
            state
          }
        }
      }
    }
  }
`);

/** The tokens of one service account, for those who manage tokens. */
export const ServiceAccountTokens = graphql(
  `
    query ServiceAccountTokens($id: ID!) {
      account(id: $id) {
        id
        apiTokens {
          ...TokenData
        }
      }
    }
  `,
  [TokenData],
);

/** Makes an account for a program. */
export const CreateServiceAccount = graphql(
  `
    mutation CreateServiceAccount($input: CreateServiceAccountInput!) {
      createServiceAccount(input: $input) {
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

/** Makes a token; what is secret of it is answered this once. */
export const IssueApiToken = graphql(
  `
    mutation IssueApiToken($input: IssueApiTokenInput!) {
      issueApiToken(input: $input) {
        secret
        apiToken {
          ...TokenData
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TokenData, RefusedField],
);

/** Takes a token back. */
export const RevokeApiToken = graphql(
  `
    mutation RevokeApiToken($input: RevokeApiTokenInput!) {
      revokeApiToken(input: $input) {
        apiToken {
          ...TokenData
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TokenData, RefusedField],
);
