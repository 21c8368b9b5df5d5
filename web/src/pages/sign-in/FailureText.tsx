import { useMessages } from "../../i18n/messages";
import type { SignInFailure } from "./use-sign-in";

interface FailureTextProps {
  readonly failure: SignInFailure | null;
  readonly left: string | null;
}

/** One clear line on why sign-in failed. */
export function FailureText({ failure, left }: FailureTextProps) {
  const t = useMessages("signIn");
  switch (failure?.kind) {
    case undefined:
      return null;
    case "refused":
      return failure.message;
    case "throttled":
      return left === null ? null : t("error.throttled", { time: left });
    case "provider":
      return t(`error.provider.${failure.code}`);
    default:
      return t(`error.${failure?.kind ?? "broken"}`);
  }
}
