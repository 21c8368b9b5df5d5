import { classNames } from "./class-names";
import { Icon } from "./Icon";
import { Link } from "./Link";

interface StepperProps {
  readonly label: string;
  /** Spoken beside a step that is done. */
  readonly doneWord: string;
  readonly current: number;
  readonly steps: readonly { readonly title: string; readonly to?: string }[];
}

/** The steps of a process in order; those with an address can be opened. */
export function Stepper({ label, doneWord, current, steps }: StepperProps) {
  return (
    <nav aria-label={label} className="no-print">
      <ol className="flex flex-wrap gap-x-2 gap-y-1">
        {steps.map((step, index) => {
          const isDone = index < current;
          const content = (
            <>
              <span
                aria-hidden="true"
                className={classNames(
                  "grid size-6 place-items-center rounded-full border text-xs",
                  index === current && "border-brand bg-brand text-on-brand",
                  isDone && "border-ok text-ok",
                  index > current && "border-line-strong text-muted",
                )}
              >
                {isDone ? <Icon name="check" size={12} /> : index + 1}
              </span>
              <span className={index === current ? "font-medium" : "text-muted"}>{step.title}</span>
              {isDone && <span className="sr-only">{doneWord}</span>}
            </>
          );
          return (
            <li
              key={step.title}
              aria-current={index === current ? "step" : undefined}
              className="flex items-center gap-2"
            >
              {index > 0 && (
                <span aria-hidden="true" className="h-px w-6 bg-line-strong max-sm:hidden" />
              )}
              {step.to === undefined ? (
                <span className="flex min-h-8 items-center gap-2">{content}</span>
              ) : (
                <Link to={step.to} className="control flex min-h-8 items-center gap-2 text-inherit">
                  {content}
                </Link>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
