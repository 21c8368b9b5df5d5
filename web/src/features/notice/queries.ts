import { graphql, type ResultOf } from "../../graphql/graphql";

/** A notice as a row of a list. */
const NoticeRow = graphql(`
  fragment NoticeRow on SupervisionNotice @_unmask {
    id
    code
    number
    state
    level
    replyBy
    isOverdue
    issuedAt
    text
    task {
      id
      code
      title
    }
    addressees {
      department {
        id
        shortName
      }
      repliedAt
    }
  }
`);
export type NoticeRowData = ResultOf<typeof NoticeRow>;

/** The notices that one may see, the newest first. */
export const NoticesQuery = graphql(
  `
    query Notices($filter: NoticeFilter, $after: String, $asOf: Date) {
      notices(first: 100, asOf: $asOf, after: $after, filter: $filter) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...NoticeRow
          }
        }
      }
    }
  `,
  [NoticeRow],
);

/** A notice with everything that happened to it. */
const NoticeDetail = graphql(
  `
    fragment NoticeDetail on SupervisionNotice @_unmask {
      ...NoticeRow
      version
      issuer {
        id
        name
      }
      issuedBy {
        id
        displayName
      }
      recipients {
        level
        department {
          id
          shortName
        }
        person {
          id
          displayName
        }
      }
      steps {
        act
        at
        level
        replyBy
        words
        isAutomatic
        by {
          id
          displayName
        }
        department {
          id
          shortName
        }
      }
      acts {
        act
        isAllowed
        refusal {
          code
          message
        }
      }
    }
  `,
  [NoticeRow],
);
export type NoticeDetailData = ResultOf<typeof NoticeDetail>;

/** One notice by its number in addresses. */
export const NoticeQuery = graphql(
  `
    query Notice($code: ID!, $asOf: Date) {
      notice(id: $code, asOf: $asOf) {
        ...NoticeDetail
      }
    }
  `,
  [NoticeDetail],
);

export const ReplyNotice = graphql(
  `
    mutation ReplyNotice($input: ReplyNoticeInput!) {
      replyNotice(input: $input) {
        notice {
          ...NoticeDetail
        }
        userErrors {
          code
          path
          message
        }
      }
    }
  `,
  [NoticeDetail],
);

export const EscalateNotice = graphql(
  `
    mutation EscalateNotice($input: EscalateNoticeInput!) {
      escalateNotice(input: $input) {
        notice {
          ...NoticeDetail
        }
        userErrors {
          code
          path
          message
        }
      }
    }
  `,
  [NoticeDetail],
);

export const CloseNotice = graphql(
  `
    mutation CloseNotice($input: CloseNoticeInput!) {
      closeNotice(input: $input) {
        notice {
          ...NoticeDetail
        }
        userErrors {
          code
          path
          message
        }
      }
    }
  `,
  [NoticeDetail],
);

export const WithdrawNotice = graphql(
  `
    mutation WithdrawNotice($input: WithdrawNoticeInput!) {
      withdrawNotice(input: $input) {
        notice {
          ...NoticeDetail
        }
        userErrors {
          code
          path
          message
        }
      }
    }
  `,
  [NoticeDetail],
);

/** Tasks that may be pressed. */
export const PressableTasksQuery = graphql(`
  query PressableTasks($after: String) {
    tasks(
      first: 200
      after: $after
      filter: {
        state: [ASSIGNED, IN_PROGRESS, COMPLETION_SUBMITTED, RETURNED, STAGE_COMPLETED, REOPENED]
      }
      orderBy: { field: DEADLINE }
    ) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          code
          title
          state
          deadline
          lead {
            id
            shortName
          }
        }
      }
    }
  }
`);
export type PressableTask = ResultOf<typeof PressableTasksQuery>["tasks"]["edges"][number]["node"];

/** Whom notices would reach, before they go. */
export const RecipientsQuery = graphql(`
  query NoticeRecipients($tasks: [ID!]!) {
    noticeRecipients(taskIds: $tasks) {
      task {
        id
        code
        title
        lead {
          id
        }
      }
      refusal {
        code
        message
      }
      departments {
        department {
          id
          shortName
        }
        people {
          id
          displayName
        }
      }
    }
  }
`);
export type ProspectData = ResultOf<typeof RecipientsQuery>["noticeRecipients"][number];

export const IssueNotices = graphql(`
  mutation IssueNotices($input: IssueNoticesInput!) {
    issueNotices(input: $input) {
      rows {
        notice {
          id
          code
          number
        }
        userErrors {
          code
          path
          message
        }
      }
      userErrors {
        code
        path
        message
      }
    }
  }
`);
