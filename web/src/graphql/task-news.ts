// Who wants to read a task again in full when somebody changed it.

type Listener = (ids: readonly string[]) => void;

const listeners = new Set<Listener>();

/** Calls back when the task of that id was changed, until the returned function is called. */
export function onTaskNews(id: string, read: () => void): () => void {
  const listener: Listener = (ids) => {
    if (ids.includes(id)) read();
  };
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Tells all who asked that the tasks of these ids were changed. */
export function tellOfTasks(ids: readonly string[]): void {
  for (const listener of listeners) listener(ids);
}
