import { lazy, Suspense, useState } from "react";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import type { DepartmentDetailData } from "./fragments";

const loadDialogs = () => import("./DepartmentDialogs");
const AddDepartmentDialog = lazy(async () => ({
  default: (await loadDialogs()).AddDepartmentDialog,
}));
const VenueDialog = lazy(async () => ({ default: (await loadDialogs()).VenueDialog }));

interface ManageDepartmentProps {
  readonly department: DepartmentDetailData;
  /** Called with the code of the unit that was added. */
  readonly onAdded: (code: string) => void;
  readonly onMarked: () => void;
}

/** What whoever manages a unit may do: add one below it, and say whether it is a venue. */
export function ManageDepartment({ department, onAdded, onMarked }: ManageDepartmentProps) {
  const t = useMessages("orgs");
  const [open, setOpen] = useState<"add" | "venue" | null>(null);
  const close = () => setOpen(null);
  return (
    <div className="mt-3 flex flex-wrap gap-2 border-t border-line pt-3 print:hidden">
      <Button size="small" onPointerEnter={() => void loadDialogs()} onClick={() => setOpen("add")}>
        {t("add")}
      </Button>
      <Button
        size="small"
        onPointerEnter={() => void loadDialogs()}
        onClick={() => setOpen("venue")}
      >
        {t(department.isVenue ? "venue.unmark" : "venue.mark")}
      </Button>
      <Suspense>
        {open === "add" && (
          <AddDepartmentDialog
            above={department}
            onClose={close}
            onDone={(code) => {
              close();
              onAdded(code);
            }}
          />
        )}
        {open === "venue" && (
          <VenueDialog
            department={department}
            onClose={close}
            onDone={() => {
              close();
              onMarked();
            }}
          />
        )}
      </Suspense>
    </div>
  );
}
