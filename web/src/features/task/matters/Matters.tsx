import { useQuery } from "urql";
import { ErrorState } from "../../../states/ErrorState";
import { SkeletonLines } from "../../../ui/Skeleton";
import { Amendments } from "../amend/Amendments";
import { ExceptionList } from "./ExceptionList";
import { MilestoneList } from "./MilestoneList";
import { OriginCard } from "./OriginCard";
import { PartList } from "./PartList";
import { TaskMattersQuery } from "./queries";

interface MattersProps {
  readonly code: string;
  /** Reads the rest of the task again: what may be done next depends on these. */
  readonly reload: () => void;
}

/** Milestones, exceptions and parts of a task, with what may be done to them. */
export function Matters({ code, reload }: MattersProps) {
  const [{ data, error }, read] = useQuery({
    query: TaskMattersQuery,
    variables: { code },
    requestPolicy: "cache-and-network",
  });
  const again = () => {
    read({ requestPolicy: "network-only" });
    reload();
  };
  if (data?.task == null) {
    if (error !== undefined) return <ErrorState error={error} onRetry={again} />;
    return <SkeletonLines count={1} className="h-24" />;
  }
  return (
    <>
      <OriginCard origin={data.task.origin} />
      <MilestoneList task={data.task} reload={again} />
      <ExceptionList task={data.task} reload={again} />
      <PartList task={data.task} reload={again} />
      <Amendments code={code} reload={again} />
    </>
  );
}
