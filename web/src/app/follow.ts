import type { Client } from "@urql/core";
import { TaskLightParts } from "../features/task/life/light-parts";
import { graphql, type ResultOf } from "../graphql/graphql";
import { isLive, onReturn, subscribe } from "../graphql/live";
import { print } from "../graphql/print";
import { tellOfTasks } from "../graphql/task-news";

const NotificationAdded = graphql(`
  subscription NotificationAdded {
    notificationAdded {
      unreadCount
    }
  }
`);

const TaskChanged = graphql(`
  subscription TaskChanged {
    taskChanged {
      task {
        id
      }
    }
  }
`);

/**
 * What lists show of a task that others may have changed. Its version is left out: it belongs to all
 * that was read with it, and a newer one beside older words would let them be written over unseen.
 */
const ChangedTasksQuery = graphql(
  `
    query ChangedTasks($ids: [ID!]!) {
      nodes(ids: $ids) {
        id
        ... on Task {
          title
          state
          deadline
          light {
            ...TaskLightParts
          }
        }
      }
    }
  `,
  [TaskLightParts],
);

/** How long changes gather before the tasks are read again. */
const GATHER_MS = 300;
/** Tasks read at once. */
const AT_ONCE = 10;
/** Most tasks read after one burst; the rest is read when it is shown anew. */
const MOST = 50;

export { isLive };

/** Follows what happens: news of the reader, and changes of tasks for whoever reads them. */
export function follow(tasksIn: Client | null, onNews: () => void): () => void {
  const ends = [followNotifications(onNews), ...(tasksIn === null ? [] : [followTasks(tasksIn)])];
  return () => {
    for (const end of ends) end();
  };
}

/** Calls back for everything that the reader is told, and when something may have been missed. */
function followNotifications(onNews: () => void): () => void {
  const end = subscribe(
    { query: print(NotificationAdded), operationName: "NotificationAdded" },
    { next: onNews, error: () => undefined, complete: () => undefined },
  );
  const stop = onReturn(onNews);
  return () => {
    end();
    stop();
  };
}

/** Reads tasks again that somebody changed, so that every view of them follows. */
function followTasks(client: Client): () => void {
  let changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const read = (): void => {
    const ids = [...changed].slice(0, MOST);
    changed = new Set();
    timer = undefined;
    tellOfTasks(ids);
    for (let begin = 0; begin < ids.length; begin += AT_ONCE) {
      client
        .query(
          ChangedTasksQuery,
          { ids: ids.slice(begin, begin + AT_ONCE) },
          { requestPolicy: "network-only" },
        )
        .toPromise()
        .catch(() => undefined);
    }
  };
  const end = subscribe(
    { query: print(TaskChanged), operationName: "TaskChanged" },
    {
      next: ({ data }) => {
        const told = data as ResultOf<typeof TaskChanged> | null | undefined;
        if (told == null) return;
        changed.add(told.taskChanged.task.id);
        timer ??= setTimeout(read, GATHER_MS);
      },
      error: () => undefined,
      complete: () => undefined,
    },
  );
  return () => {
    clearTimeout(timer);
    end();
  };
}
