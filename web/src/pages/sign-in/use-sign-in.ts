import { useState } from "react";
import { useMutation } from "urql";
import { graphql, type ResultOf } from "../../graphql/graphql";
import { failureOf } from "../../graphql/request-error";
import { acceptSession } from "../../graphql/session";
import { SessionViewer } from "../../graphql/session-documents";
import type { ProviderCode } from "./returned";

const SignIn = graphql(
  `
    mutation SignIn($input: SignInInput!) {
      signIn(input: $input) {
        accessToken
        expiresIn
        viewer {
          ...SessionViewer
        }
        challenge {
          token
          step
        }
        userErrors {
          code
          message
          figures {
            name
            value
          }
        }
      }
    }
  `,
  [SessionViewer],
);

/** Why nobody came in. */
export type SignInFailure =
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "throttled"; readonly until: number }
  | { readonly kind: "provider"; readonly code: ProviderCode }
  | { readonly kind: "offline" | "broken" };

/** A sign-in that waits for its second step. */
export type Challenge = NonNullable<ResultOf<typeof SignIn>["signIn"]["challenge"]>;

/** With what the page begins after the organisation's own sign-in led back to it. */
export interface Beginning {
  readonly challenge: Challenge | null;
  readonly failed: ProviderCode | null;
}

/** Signs in; the token goes to the session and nowhere else. */
export function useSignIn(beginning: Beginning) {
  const [{ fetching }, execute] = useMutation(SignIn);
  const [failure, setFailure] = useState<SignInFailure | null>(
    beginning.failed === null ? null : { kind: "provider", code: beginning.failed },
  );
  const [challenge, setChallenge] = useState<Challenge | null>(beginning.challenge);

  const signIn = async (account: string, password: string): Promise<boolean> => {
    setFailure(null);
    const { data, error } = await execute({ input: { account, password } });
    if (error !== undefined || data === undefined) {
      const isOffline = error !== undefined && failureOf(error) === "offline";
      setFailure({ kind: isOffline ? "offline" : "broken" });
      return false;
    }
    if (data.signIn.challenge !== null) {
      setChallenge(data.signIn.challenge);
      return false;
    }
    const [refusal] = data.signIn.userErrors;
    if (refusal !== undefined) {
      setFailure(failureFrom(refusal));
      return false;
    }
    return acceptSession(data.signIn).kind === "signedIn";
  };
  return { signIn, failure, isPending: fetching, challenge, beginAnew: () => setChallenge(null) };
}

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly figures: readonly { readonly name: string; readonly value: string }[];
}

function failureFrom(refusal: Refusal): SignInFailure {
  const seconds = refusal.figures.find((figure) => figure.name === "retryAfterSeconds")?.value;
  if (refusal.code === "SIGN_IN_THROTTLED" && seconds !== undefined) {
    return { kind: "throttled", until: Date.now() + Number(seconds) * 1000 };
  }
  return { kind: "refused", message: refusal.message };
}
