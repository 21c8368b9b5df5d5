import { useMessages } from "../../i18n/messages";
import { Drawer } from "../../ui/Drawer";
import { LinkButton } from "../../ui/LinkButton";
import { taskUrl } from "../../ui/urls";
import { TaskDetail, useTask } from "./TaskDetail";

interface TaskDrawerProps {
  readonly code: string;
  readonly onClose: () => void;
}

/** A task beside the page that it was opened from. */
export function TaskDrawer({ code, onClose }: TaskDrawerProps) {
  const t = useMessages("task");
  const loaded = useTask(code);
  const title = loaded.task == null ? code : `${code} ${loaded.task.title}`;
  return (
    <Drawer
      title={title}
      onClose={onClose}
      actions={
        <LinkButton to={taskUrl(code)} variant="quiet" size="small">
          {t("openPage")}
        </LinkButton>
      }
    >
      <TaskDetail loaded={loaded} />
    </Drawer>
  );
}
