import type { Translated } from "../areas";
import type { messages as source } from "../zh-CN/mails";

/** Outgoing mails. */
export const messages: Translated<typeof source> = {
  "page.title": "Mails",
  "page.meta": "One digest for a person and day at most; the text is not shown here",
  view: "By state",
  "view.all": "All",
  "view.QUEUED": "Waiting",
  "view.SENT": "Sent",
  "view.FAILED": "Given up",
  "state.QUEUED": "Waiting",
  "state.SENDING": "Being sent",
  "state.SENT": "Sent",
  "state.FAILED": "Given up",
  "column.subject": "Subject",
  "column.recipient": "To",
  "column.state": "State",
  "column.attempts": "Tries",
  "column.last": "What happened last",
  "column.createdAt": "Made",
  attempts: "{count}",
  "last.sent": "Sent {at}",
  "last.next": "Tried again {at}",
  "last.waits": "Waits for a mail server",
  noServer: "No mail server is set, so all mails wait",
  "noServer.detail":
    "What people are told in Duban itself is not affected. Once the section mail of the configuration names a server, what waits is sent.",
  none: "No mails yet",
  "none.filtered": "No mails in this state",
  "none.next":
    "Once somebody turns mails on under “Me”, the digest of each working day appears here.",
  previous: "Previous",
  next: "Next",
};
