import { graphql, type ResultOf } from "../../graphql/graphql";

/** The mails of the installation, without their text, the newest first. */
export const MailsQuery = graphql(`
  query Mails($state: MailState, $after: String) {
    viewer {
      notificationSettings {
        hasMailServer
      }
    }
    outgoingMails(first: 50, after: $after, state: $state) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          recipientName
          address
          subject
          state
          attempts
          nextTryAt
          failure
          createdAt
          sentAt
        }
      }
    }
  }
`);
export type MailData = ResultOf<typeof MailsQuery>["outgoingMails"]["edges"][number]["node"];
