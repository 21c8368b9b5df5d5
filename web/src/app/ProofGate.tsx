import { lazy, Suspense, useEffect, useState } from "react";
import { onProofNeeded } from "../graphql/proof";

const ProofDialog = lazy(() =>
  import("../features/access/ProofDialog").then((module) => ({ default: module.ProofDialog })),
);

/** Opens the dialog that asks for the password when a sensitive act needs it. */
export function ProofGate() {
  const [answer, setAnswer] = useState<{ readonly end: (isProven: boolean) => void } | null>(null);
  useEffect(
    () =>
      onProofNeeded(
        () =>
          new Promise((resolve) => {
            setAnswer({
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
      <ProofDialog onEnd={answer.end} />
    </Suspense>
  );
}
