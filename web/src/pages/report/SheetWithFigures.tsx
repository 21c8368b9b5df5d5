import { type ComponentProps, useMemo } from "react";
import { OtherFigures, TaskFigures } from "../../features/measuring/Figures";
import { isToSend, saidOf } from "../../features/measuring/figure-state";
import { useFigures } from "../../features/measuring/use-figures";
import type { SheetExtra } from "../../features/report/extra";
import { ReportSheet } from "../../features/report/ReportSheet";
import { formatList } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";

/** The sheet of a month with the figures that its metrics ask for, handed in together. */
export function SheetWithFigures(props: ComponentProps<typeof ReportSheet>) {
  const { data, account } = props;
  const t = useMessages("figures");
  const { department, period, windowState } = data;
  const figures = useFigures({
    department: department.id,
    departmentCode: department.code,
    period,
    account,
  });
  const isOpen = windowState === "OPEN" || windowState === "LATE";
  const tasks = useMemo(() => data.rows.edges.map(({ node }) => node.task.code), [data]);
  const { rows } = figures;
  const ready = rows.filter(isToSend).length;
  const missing = rows.filter((row) => saidOf(row) === null && !isToSend(row));
  const extra: SheetExtra = {
    underTask: (code) =>
      rows.some((row) => row.metric.task?.code === code) ? (
        <TaskFigures sheet={figures} task={code} isOpen={isOpen} />
      ) : null,
    after: <OtherFigures sheet={figures} tasks={tasks} isOpen={isOpen} period={period} />,
    isAny: figures.state !== "ready" || rows.length > 0 || figures.below.length > 0,
    said:
      rows.length === 0
        ? ""
        : t("bar.said", { said: rows.length - missing.length, all: rows.length }),
    ready,
    announced: [
      ...(ready > 0 ? [t("submit.ready", { count: ready })] : []),
      ...(missing.length > 0
        ? [t("submit.rest", { names: formatList(missing.map((row) => row.metric.name)) })]
        : []),
    ],
    submit: figures.handIn,
  };
  return <ReportSheet {...props} extra={extra} />;
}
