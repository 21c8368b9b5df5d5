/** What proves who one is: the password, or a code of the second factor. */
export type Proof = "password" | "code";

/** Asks the person to prove who he is; resolves to whether that was done. */
type Asker = (proof: Proof) => Promise<boolean>;

let asker: Asker | null = null;

/** Sets who asks for the proof that sensitive acts need; returns the way to stop. */
export function onProofNeeded(next: Asker): () => void {
  asker = next;
  return () => {
    if (asker === next) asker = null;
  };
}

/** Whether the person has proven now who he is. */
export async function askForProof(proof: Proof): Promise<boolean> {
  return asker === null ? false : asker(proof);
}
