import { useState } from "react";
import { CodeField } from "../../features/access/CodeField";
import {
  ConfirmSignInEnrolment,
  type Setup,
  SignInSecondFactor,
  StartSignInEnrolment,
} from "../../features/access/factor-documents";
import { FactorSetup } from "../../features/access/FactorSetup";
import { FormFrame } from "../../features/access/FormFrame";
import { RecoveryCodes } from "../../features/access/RecoveryCodes";
import { useForm } from "../../features/access/use-form";
import type { ResultOf } from "../../graphql/graphql";
import { acceptSession } from "../../graphql/session";
import { useAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import type { Challenge } from "./use-sign-in";

const signedIn = (data: ResultOf<typeof SignInSecondFactor>) => data.signInSecondFactor;
const begun = (data: ResultOf<typeof StartSignInEnrolment>) => data.startSignInEnrolment;
const confirmed = (data: ResultOf<typeof ConfirmSignInEnrolment>) => data.confirmSignInEnrolment;

interface SecondStepProps {
  readonly challenge: Challenge;
  readonly onBack: () => void;
}

/** What is missing after the password: a code, or a second factor to be set up. */
export function SecondStep({ challenge, onBack }: SecondStepProps) {
  return challenge.step === "CODE" ? (
    <CodeStep token={challenge.token} onBack={onBack} />
  ) : (
    <EnrolmentStep token={challenge.token} onBack={onBack} />
  );
}

interface StepProps {
  readonly token: string;
  readonly onBack: () => void;
}

function CodeStep({ token, onBack }: StepProps) {
  const t = useMessages("factor");
  const act = useAct(SignInSecondFactor, signedIn);
  const [code, setCode] = useState("");
  const form = useForm(
    () => act({ challenge: token, code }),
    (answer) => {
      if (answer !== undefined) acceptSession(answer);
    },
  );
  return (
    <div className="grid gap-4">
      <h2 className="font-semibold">{t("step.title")}</h2>
      <FormFrame
        form={form}
        fields={["code"]}
        submit={t("step.send")}
        isDisabled={code.trim() === ""}
      >
        <p className="caption text-sm text-muted">{t("step.about")}</p>
        <CodeField value={code} onChange={setCode} error={form.errorOf("code")} />
      </FormFrame>
      <Button variant="quiet" onClick={onBack}>
        {t("step.back")}
      </Button>
    </div>
  );
}

function EnrolmentStep({ token, onBack }: StepProps) {
  const t = useMessages("factor");
  const act = useAct(StartSignInEnrolment, begun);
  const [setup, setSetup] = useState<Setup | null>(null);
  const form = useForm(
    () => act({ challenge: token }),
    (answer) => setSetup(answer?.setup ?? null),
  );
  return (
    <div className="grid gap-4">
      <h2 className="font-semibold">{t("step.enrol")}</h2>
      {setup === null ? (
        <FormFrame form={form} fields={[]} submit={t("step.enrol.begin")}>
          <p className="caption text-sm text-muted">{t("step.enrol.about")}</p>
        </FormFrame>
      ) : (
        <FirstCode token={token} setup={setup} />
      )}
      <Button variant="quiet" onClick={onBack}>
        {t("step.back")}
      </Button>
    </div>
  );
}

/** The way in opens when the recovery codes were seen. */
function FirstCode({ token, setup }: { readonly token: string; readonly setup: Setup }) {
  const t = useMessages("factor");
  const act = useAct(ConfirmSignInEnrolment, confirmed);
  const [code, setCode] = useState("");
  const [answer, setAnswer] = useState<ReturnType<typeof confirmed> | null>(null);
  const form = useForm(
    () => act({ challenge: token, code }),
    (done) => setAnswer(done ?? null),
  );
  if (answer !== null) {
    return (
      <section aria-labelledby="codes-title" className="grid gap-2">
        <h3 id="codes-title" className="font-semibold">
          {t("codes.title")}
        </h3>
        <RecoveryCodes
          codes={answer.recoveryCodes}
          done={t("step.enter")}
          onDone={() => acceptSession(answer)}
        />
      </section>
    );
  }
  return (
    <FormFrame form={form} fields={["code"]} submit={t("confirm")} isDisabled={code.trim() === ""}>
      <FactorSetup setup={setup} />
      <CodeField
        value={code}
        onChange={setCode}
        error={form.errorOf("code")}
        takesRecovery={false}
      />
    </FormFrame>
  );
}
