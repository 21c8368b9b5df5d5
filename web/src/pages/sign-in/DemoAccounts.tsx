import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
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

/** The person to be for each role, in the order of the work; the others follow by login. */
const ORDER = [
  "demo-officer",
  "demo-leader",
  "demo-liaison-xxb",
  "demo-city-zhengzhou",
  "demo-verifier",
  "demo-viewer",
  "demo-auditor",
  "demo-sysadmin",
  "demo-secadmin",
];

/** Where an account stands among the others. */
function rank({ login }: DemoAccount): number {
  const place = ORDER.indexOf(login);
  return place === -1 ? ORDER.length : place;
}

/** Sign-in with one click for those who try the product; the server offers it on loopback only. */
export function DemoAccounts({
  accounts: given,
  pendingLogin,
  failure,
  onChoose,
}: DemoAccountsProps) {
  const t = useMessages("signIn");
  const words = useMessages("common");
  const accounts = given
    .map((one) => ({ ...one, roleName: onceEach(one.roleName) }))
    .sort((one, other) => rank(one) - rank(other));
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
      <p className="mb-3 caption text-sm text-muted">{t("demo.hint")}</p>
      <p role="alert" className="mb-2 text-sm text-danger empty:hidden">
        <FailureText failure={failure} left={left} />
      </p>
      <Choices accounts={firsts} pendingLogin={pendingLogin} onChoose={onChoose} />
      {others.length > 0 && (
        <details className="group/more mt-3">
          <summary className="control flex items-center gap-1 text-sm text-link">
            <Icon name="chevronRight" size={12} className="group-open/more:rotate-90" />
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
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-2">
      {accounts.map((account) => (
        <li key={account.login}>
          <Button
            size="small"
            className="h-full min-h-12 w-full flex-col !items-start !gap-0 !border-line py-1.5 !whitespace-normal hover:!border-line-strong"
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

/** A role that is held in several places is named once. */
function onceEach(roleNames: string): string {
  const mark = roleNames.includes("、") ? "、" : ", ";
  return [...new Set(roleNames.split(mark))].join(mark);
}

/** The name without the mark of the demo, which the heading has already said. */
function bareName({ displayName }: DemoAccount): string {
  return displayName.replace(/^演示·/u, "");
}
