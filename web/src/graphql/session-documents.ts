import { graphql, type ResultOf } from "./graphql";

/** Who is signed in, and what the menu needs to know. */
export const SessionViewer = graphql(`
  fragment SessionViewer on Viewer @_unmask {
    canImportPlans
    canReadAudit
    canReadAccounts
    canReadPlans
    permissions
    canReadNotices
    canIssueNotices
    account {
      id
      login
      displayName
      isDemo
      department {
        id
        code
        name
        shortName
      }
    }
    grants {
      roleName
    }
  }
`);
export type ViewerData = ResultOf<typeof SessionViewer>;

/** Renews the access token from the refresh cookie. */
export const RefreshSession = graphql(
  `
    mutation RefreshSession {
      refreshSession {
        accessToken
        expiresIn
        viewer {
          ...SessionViewer
        }
      }
    }
  `,
  [SessionViewer],
);

/** Ends the session. */
export const SignOut = graphql(`
  mutation SignOut {
    signOut {
      userErrors {
        message
      }
    }
  }
`);
