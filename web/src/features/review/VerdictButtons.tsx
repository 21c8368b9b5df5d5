import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { KeyHint } from "../../ui/KeyHint";

interface VerdictButtonsProps {
  readonly accept: string;
  readonly refuse: string;
  readonly isBusy: boolean;
  readonly onAccept: () => void;
  readonly onRefuse: () => void;
}

/** 通过 and 退回, with their keys. */
export function VerdictButtons(props: VerdictButtonsProps) {
  const t = useMessages("review");
  const { accept, refuse, isBusy, onAccept, onRefuse } = props;
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="sr-only">{t("decision")}</legend>
      <Button variant="primary" icon="check" isPending={isBusy} onClick={onAccept}>
        {accept}
        <Key name="A" />
      </Button>
      <Button icon="arrowLeft" onClick={onRefuse}>
        {refuse}
        <Key name="R" />
      </Button>
    </fieldset>
  );
}

/** The key that does the same, where there is a keyboard. */
function Key({ name }: { readonly name: string }) {
  return (
    <span aria-hidden="true" className="max-md:hidden">
      <KeyHint keys={[name]} />
    </span>
  );
}
