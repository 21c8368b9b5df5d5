import { Icon } from "./Icon";

interface FilterChipProps {
  /** What is filtered, e.g. 部门. */
  readonly name: string;
  readonly value: string;
  /** Spoken name of the button that takes the filter off. */
  readonly removeLabel: string;
  readonly onRemove: () => void;
}

/** A filter that holds, with a button to take it off. */
export function FilterChip({ name, value, removeLabel, onRemove }: FilterChipProps) {
  return (
    <span className="inline-flex min-h-8 items-center rounded-md border border-line bg-sunken pl-2.5 text-sm">
      <span className="text-muted">{name}：</span>
      <span className="font-medium">{value}</span>
      <button
        type="button"
        aria-label={removeLabel}
        className="control ml-1 grid size-8 place-items-center rounded-r-md text-muted hover:text-ink"
        onClick={onRemove}
      >
        <Icon name="close" size={12} />
      </button>
    </span>
  );
}
