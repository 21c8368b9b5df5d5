import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useQuery } from "urql";
import { FormFrame } from "../../features/access/FormFrame";
import { NewPassword } from "../../features/access/NewPassword";
import { AcceptInvitation, InvitationQuery } from "../../features/access/own-documents";
import { useForm } from "../../features/access/use-form";
import type { ResultOf } from "../../graphql/graphql";
import { useAct } from "../../graphql/use-act";
import { formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { Callout } from "../../ui/Callout";
import { Link } from "../../ui/Link";
import { SkeletonLines } from "../../ui/Skeleton";
import { signInUrl } from "../../ui/urls";
import { ToastRegion, useToast } from "../../ui/Toast";
import { usePageTitle } from "../../ui/use-page-title";

const accepted = (data: ResultOf<typeof AcceptInvitation>) => data.acceptInvitation;

/** 设置密码, by a one-time link; its secret stands in the fragment, which no server is sent. */
export function InvitationPage() {
  const t = useMessages("access");
  const product = useMessages("common")("product");
  const [token] = useState(() => window.location.hash.replace(/^#/u, ""));
  const [{ data, error }, read] = useQuery({
    query: InvitationQuery,
    variables: { token },
    requestPolicy: "network-only",
  });
  usePageTitle(t("invitation"));
  const invitation = data?.invitation;
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-start gap-4 px-4 pt-[max(1.5rem,9dvh)] pb-10">
      <section
        aria-labelledby="invitation-title"
        className="grid gap-4 rounded-card border border-line bg-card p-6 shadow-card"
      >
        <span className="flex items-center gap-2.5 text-lg font-semibold tracking-wide">
          <span aria-hidden="true" className="boot-mark text-base">
            督
          </span>
          {product}
        </span>
        <h1 id="invitation-title" className="text-xl font-semibold">
          {t("invitation")}
        </h1>
        {error !== undefined && data === undefined && (
          <ErrorState error={error} onRetry={() => read({ requestPolicy: "network-only" })} />
        )}
        {error === undefined && data === undefined && <SkeletonLines count={3} className="h-10" />}
        {data !== undefined && invitation == null && (
          <Callout tone="warning" title={t("invitation.none")}>
            {t("invitation.none.next")}
          </Callout>
        )}
        {invitation != null && <AcceptForm token={token} invitation={invitation} />}
        <Link to={signInUrl()} className="control text-center text-sm text-link hover:underline">
          {t("invitation.signIn")}
        </Link>
      </section>
      <ToastRegion />
    </main>
  );
}

interface AcceptFormProps {
  readonly token: string;
  readonly invitation: NonNullable<ResultOf<typeof InvitationQuery>["invitation"]>;
}

function AcceptForm({ token, invitation }: AcceptFormProps) {
  const t = useMessages("access");
  const toast = useToast();
  const navigate = useNavigate();
  const act = useAct(AcceptInvitation, accepted);
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const form = useForm(
    () => act({ token, password }),
    () => {
      toast({ message: t("invitation.done", { login: invitation.login }) });
      void navigate({ to: signInUrl(), replace: true });
    },
  );
  return (
    <>
      <p>
        {t(invitation.isFirst ? "invitation.first" : "invitation.reset", {
          displayName: invitation.displayName,
          login: invitation.login,
        })}
      </p>
      <p className="caption text-sm text-muted">
        {t("invitation.until", { at: formatDateTime(invitation.expiresAt) })}
      </p>
      <FormFrame
        form={form}
        fields={["password"]}
        submit={t("invitation.send")}
        isDisabled={password === "" || again !== password}
      >
        {/* For password managers: which account this is. */}
        <input type="text" autoComplete="username" value={invitation.login} readOnly hidden />
        <NewPassword
          password={password}
          again={again}
          onPassword={setPassword}
          onAgain={setAgain}
          error={form.errorOf("password")}
        />
      </FormFrame>
    </>
  );
}
