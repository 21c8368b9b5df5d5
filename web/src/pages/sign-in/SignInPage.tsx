import { useRouter } from "@tanstack/react-router";
import { type FormEvent, type KeyboardEvent, lazy, Suspense, useEffect, useState } from "react";
import { useQuery } from "urql";
import { graphql } from "../../graphql/graphql";
import type { PageLoad } from "../../graphql/page-load";
import { useSession } from "../../graphql/use-session";
import { useLocale } from "../../i18n/locale";
import { loadMessages, useMessages } from "../../i18n/messages";
import { Button, buttonClass } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { SkeletonLines } from "../../ui/Skeleton";
import { TextInput } from "../../ui/TextInput";
import { usePageTitle } from "../../ui/use-page-title";
import { providerUrl } from "../../ui/urls";
import { useUrlSearch } from "../../ui/use-url-search";
import { DemoAccounts } from "./DemoAccounts";
import { FailureText } from "./FailureText";
import { challengeIn, codeIn } from "./returned";
import { safeAddress } from "./safe-address";
import { useTimeLeft } from "./time-left";
import { type SignInFailure, useSignIn } from "./use-sign-in";

const SignInInstance = graphql(`
  query SignInInstance {
    instance {
      organisation
      singleSignOn {
        name
        url
      }
      demoAccounts {
        login
        displayName
        roleName
        password
      }
    }
  }
`);

/** Loaded with its words when somebody has a second step to take. */
const SecondStep = lazy(async () => {
  const [module] = await Promise.all([import("./SecondStep"), loadMessages("access", "factor")]);
  return { default: module.SecondStep };
});

/** Starts the query of the page. */
export function loader({ client }: PageLoad): void {
  void client.query(SignInInstance, {}).toPromise();
}

/** 登录: account and password; on the demo installation one click. */
export function SignInPage() {
  const t = useMessages("signIn");
  const product = useMessages("common")("product");
  const router = useRouter();
  const session = useSession();
  const [search] = useUrlSearch();
  const [{ data }] = useQuery({ query: SignInInstance });
  const [beginning] = useState(() => ({
    challenge: challengeIn(window.location.hash),
    failed: codeIn(search.get("failed")),
  }));
  const { signIn, failure, isPending, challenge, beginAnew } = useSignIn(beginning);
  const [chosen, setChosen] = useState<string | null>(null);
  // Kept from the start: on the way there the address changes before this page is gone.
  const [to] = useState(() => safeAddress(search.get("to")));

  usePageTitle(t("title"));
  useEffect(() => {
    if (session.kind === "signedIn") router.history.replace(to);
  }, [session, router, to]);

  // What names a sign-in that waits stays neither in the address nor in the history.
  useEffect(() => {
    if (beginning.challenge === null) return;
    const { pathname, search } = window.location;
    router.history.replace(`${pathname}${search}`);
  }, [beginning, router]);

  const accounts = data?.instance.demoAccounts ?? [];
  const provider = data?.instance.singleSignOn ?? null;
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-start gap-4 px-4 pt-[max(1.5rem,9dvh)] pb-10">
      <section
        aria-labelledby="sign-in-title"
        className="rounded-card border border-line bg-card p-6 shadow-card"
      >
        <header className="mb-5">
          <div className="mb-3 flex items-center justify-between">
            <span className="flex items-center gap-2.5 text-lg font-semibold tracking-wide">
              <span aria-hidden="true" className="boot-mark text-base">
                督
              </span>
              {product}
            </span>
            <LocaleSwitch />
          </div>
          <p className="min-h-6 text-sm text-muted">{data?.instance.organisation}</p>
          <h1 id="sign-in-title" className="text-xl font-semibold">
            {t("title")}
          </h1>
        </header>
        {challenge === null ? (
          <>
            <SignInForm
              failure={chosen === null ? failure : null}
              isPending={isPending && chosen === null}
              onSubmit={(account, password) => {
                setChosen(null);
                void signIn(account, password);
              }}
            />
            {provider !== null && <ProviderLink provider={provider} to={to} />}
          </>
        ) : (
          <Suspense fallback={<SkeletonLines count={2} className="h-12" />}>
            <SecondStep challenge={challenge} onBack={beginAnew} />
          </Suspense>
        )}
      </section>
      <p className="text-center text-sm text-muted">{t("lead")}</p>
      {challenge === null && accounts.length > 0 && (
        <DemoAccounts
          accounts={accounts}
          pendingLogin={isPending ? chosen : null}
          failure={chosen === null ? null : failure}
          onChoose={(account) => {
            setChosen(account.login);
            void signIn(account.login, account.password);
          }}
        />
      )}
    </main>
  );
}

interface ProviderLinkProps {
  readonly provider: { readonly name: string; readonly url: string };
  readonly to: string;
}

/** 单位统一认证: leaves the client for the organisation's own sign-in. */
function ProviderLink({ provider, to }: ProviderLinkProps) {
  const t = useMessages("signIn");
  return (
    <div className="mt-4 grid gap-4">
      <p className="flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t("or")}
      </p>
      <a href={providerUrl(provider.url, to)} className={buttonClass("secondary", "medium")}>
        {provider.name}
      </a>
    </div>
  );
}

function LocaleSwitch() {
  const { locale, setLocale } = useLocale();
  return (
    <Button
      size="small"
      variant="quiet"
      className="-mr-2.5"
      lang={locale === "en" ? "zh-CN" : "en"}
      onClick={() => setLocale(locale === "en" ? "zh-CN" : "en")}
    >
      {locale === "en" ? "中文" : "English"}
    </Button>
  );
}

interface SignInFormProps {
  readonly failure: SignInFailure | null;
  readonly isPending: boolean;
  readonly onSubmit: (account: string, password: string) => void;
}

function SignInForm({ failure, isPending, onSubmit }: SignInFormProps) {
  const t = useMessages("signIn");
  const [account, setAccount] = useState("");
  const [password, setPassword] = useState("");
  const [isEmpty, setEmpty] = useState(false);
  const [hasCapsLock, setCapsLock] = useState(false);
  const left = useTimeLeft(failure?.kind === "throttled" ? failure.until : null);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const isMissing = account.trim() === "" || password === "";
    setEmpty(isMissing);
    if (!isMissing && !isPending && left === null) onSubmit(account.trim(), password);
  };
  const watchCapsLock = (event: KeyboardEvent): void =>
    setCapsLock(event.getModifierState("CapsLock"));

  return (
    <form noValidate className="grid gap-4" onSubmit={submit}>
      <Field label={t("account")}>
        <TextInput
          value={account}
          onChange={setAccount}
          name="account"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
      <Field label={t("password")} hint={hasCapsLock ? t("capsLock") : undefined}>
        <TextInput
          type="password"
          value={password}
          onChange={setPassword}
          name="password"
          autoComplete="current-password"
          onKeyDown={watchCapsLock}
          onKeyUp={watchCapsLock}
          onBlur={() => setCapsLock(false)}
        />
      </Field>
      <p role="alert" className="text-sm text-danger empty:hidden">
        {isEmpty ? t("error.empty") : <FailureText failure={failure} left={left} />}
      </p>
      <Button type="submit" variant="primary" isPending={isPending} disabled={left !== null}>
        {t(isPending ? "pending" : "submit")}
      </Button>
    </form>
  );
}
