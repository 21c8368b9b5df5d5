import { PagePending } from "../../ui/PagePending";

/** Place of a page that is being written. */
export function HelpPage() {
  return <PagePending />;
}
