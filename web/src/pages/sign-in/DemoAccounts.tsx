import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { useTimeLeft } from "./time-left";
import { FailureText } from "./FailureText";
import type { SignInFailure } from "./use-sign-in";

interface DemoAccount {
  readonly login: string;
  readonly displayName: string;
  readonly roleName: string;
  readonly password: string;
}

interface DemoAccountsProps {
  readonly accounts: readonly DemoAccount[];
  /** Login whose sign-in is under way. */
  readonly pendingLogin: string | null;
  readonly failure: SignInFailure | null;
  readonly onChoose: (account: DemoAccount) => void;
}

/** Sign-in with one click for those who try the product; the server offers it on loopback only. */
export function DemoAccounts({ accounts, pendingLogin, failure, onChoose }: DemoAccountsProps) {
  const t = useMessages("signIn");
  const words = useMessages("common");
  const isFirst = (account: DemoAccount) =>
    accounts.find((other) => other.roleName === account.roleName) === account;
  const firsts = accounts.filter(isFirst);
  const others = accounts.filter((account) => !isFirst(account));
  const left = useTimeLeft(failure?.kind === "throttled" ? failure.until : null);
  return (
    <section
      aria-labelledby="demo-title"
      className="rounded-card border border-dashed border-line-strong p-4"
    >
      <h2 id="demo-title" className="flex items-center gap-2 font-medium">
        {t("demo.title")} <Badge tone="warning">{words("demo")}</Badge>
      </h2>
      <p className="mb-3 text-sm text-muted">{t("demo.hint")}</p>
      <p role="alert" className="mb-2 text-sm text-danger empty:hidden">
        <FailureText failure={failure} left={left} />
      </p>
      <Choices accounts={firsts} pendingLogin={pendingLogin} onChoose={onChoose} />
      {others.length > 0 && (
        <details className="mt-3">
          <summary className="cursor-pointer text-sm text-link">
            {t("demo.more", { count: others.length })}
          </summary>
          <div className="mt-2">
            <Choices accounts={others} pendingLogin={pendingLogin} onChoose={onChoose} />
          </div>
        </details>
      )}
    </section>
  );
}

function Choices({
  accounts,
  pendingLogin,
  onChoose,
}: Pick<DemoAccountsProps, "accounts" | "pendingLogin" | "onChoose">) {
  return (
    <ul className="grid grid-cols-2 gap-2 max-sm:grid-cols-1">
      {accounts.map((account) => (
        <li key={account.login}>
          <Button
            size="small"
            className="h-full w-full flex-col !items-start !gap-0 !border-line py-1.5 !whitespace-normal hover:!border-line-strong"
            isPending={pendingLogin === account.login}
            onClick={() => onChoose(account)}
          >
            <span lang="zh-CN" className="text-left">
              {bareName(account)}
            </span>
            {bareName(account) !== account.roleName && (
              <span className="text-xs font-normal text-muted">{account.roleName}</span>
            )}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** The name without the mark of the demo, which the heading has already said. */
function bareName({ displayName }: DemoAccount): string {
  return displayName.replace(/^演示·/u, "");
}
