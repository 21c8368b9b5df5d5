import { lazy, Suspense, useEffect, useState } from "react";
import { onProofNeeded, type Proof } from "../graphql/proof";

const ProofDialog = lazy(() =>
  import("../features/access/ProofDialog").then((module) => ({ default: module.ProofDialog })),
);

interface Asked {
  readonly proof: Proof;
  readonly end: (isProven: boolean) => void;
}

/** Opens the dialog that asks for the password or a code when a sensitive act needs it. */
export function ProofGate() {
  const [answer, setAnswer] = useState<Asked | null>(null);
  useEffect(
    () =>
      onProofNeeded(
        (proof) =>
          new Promise((resolve) => {
            setAnswer({
              proof,
              end: (isProven) => {
                setAnswer(null);
                resolve(isProven);
              },
            });
          }),
      ),
    [],
  );
  return answer === null ? null : (
    <Suspense fallback={null}>
      <ProofDialog key={answer.proof} proof={answer.proof} onEnd={answer.end} />
    </Suspense>
  );
}
