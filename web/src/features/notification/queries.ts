import { graphql, type ResultOf } from "../../graphql/graphql";

/** What the reader is told, the newest first. */
export const NotificationsQuery = graphql(`
  query Notifications($isUnread: Boolean!, $after: String) {
    viewer {
      unreadNotificationCount
      notifications(first: 100, after: $after, isUnread: $isUnread) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            kind
            phase
            sentence
            path
            field
            createdAt
            readAt
          }
        }
      }
    }
  }
`);
export type NotificationData = NonNullable<
  ResultOf<typeof NotificationsQuery>["viewer"]
>["notifications"]["edges"][number]["node"];

export const MarkNotificationsRead = graphql(`
  mutation MarkNotificationsRead($input: MarkNotificationsReadInput!) {
    markNotificationsRead(input: $input) {
      unreadCount
      userErrors {
        code
        path
        message
      }
    }
  }
`);

/** How the reader is told, and the calendar feeds. */
export const NotificationSettingsQuery = graphql(`
  query NotificationSettings {
    viewer {
      notificationSettings {
        address
        isMailOn
        quietFrom
        quietUntil
        language
        hasMailServer
        version
      }
      calendarFeeds {
        id
        createdAt
      }
    }
  }
`);
type SettingsViewer = NonNullable<ResultOf<typeof NotificationSettingsQuery>["viewer"]>;
export type SettingsData = SettingsViewer["notificationSettings"];
export type FeedData = SettingsViewer["calendarFeeds"][number];

export const UpdateNotificationSettings = graphql(`
  mutation UpdateNotificationSettings($input: UpdateNotificationSettingsInput!) {
    updateNotificationSettings(input: $input) {
      settings {
        version
      }
      userErrors {
        code
        path
        message
      }
    }
  }
`);

export const CreateCalendarFeed = graphql(`
  mutation CreateCalendarFeed($input: CreateCalendarFeedInput!) {
    createCalendarFeed(input: $input) {
      path
      userErrors {
        code
        path
        message
      }
    }
  }
`);

export const RevokeCalendarFeed = graphql(`
  mutation RevokeCalendarFeed($input: RevokeCalendarFeedInput!) {
    revokeCalendarFeed(input: $input) {
      feeds {
        id
      }
      userErrors {
        code
        path
        message
      }
    }
  }
`);
