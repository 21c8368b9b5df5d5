import { graphql, type ResultOf } from "../../graphql/graphql";
import { RefusedField } from "../../graphql/refused-field";
import { SessionViewer } from "../../graphql/session-documents";

/** How one stands with second factors. */
export const OwnFactor = graphql(`
  query OwnFactor {
    viewer {
      secondFactor {
        enrolledAt
        recoveryCodesLeft
        isMandatory
        isAskedForApprovals
      }
    }
  }
`);
export type FactorData = NonNullable<ResultOf<typeof OwnFactor>["viewer"]>["secondFactor"];

/** What goes into the app, once. */
export const SetupData = graphql(`
  fragment SetupData on SecondFactorSetup @_unmask {
    secret
    uri
    qr {
      size
      path
    }
  }
`);
export type Setup = ResultOf<typeof SetupData>;

/** Begins to set up a second factor of one's own. */
export const StartSecondFactor = graphql(
  `
    mutation StartSecondFactor($input: StartSecondFactorInput!) {
      startSecondFactor(input: $input) {
        setup {
          ...SetupData
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [SetupData, RefusedField],
);

/** Puts it in force by its first code. */
export const ConfirmSecondFactor = graphql(
  `
    mutation ConfirmSecondFactor($input: ConfirmSecondFactorInput!) {
      confirmSecondFactor(input: $input) {
        recoveryCodes
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);

/** Takes one's own second factor away. */
export const RemoveSecondFactor = graphql(
  `
    mutation RemoveSecondFactor($input: RemoveSecondFactorInput!) {
      removeSecondFactor(input: $input) {
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);

/** Gives new recovery codes. */
export const RenewRecoveryCodes = graphql(
  `
    mutation RenewRecoveryCodes($input: RenewRecoveryCodesInput!) {
      renewRecoveryCodes(input: $input) {
        recoveryCodes
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);

/** Ends a sign-in that waits for a code. */
export const SignInSecondFactor = graphql(
  `
    mutation SignInSecondFactor($input: SignInSecondFactorInput!) {
      signInSecondFactor(input: $input) {
        accessToken
        expiresIn
        viewer {
          ...SessionViewer
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [SessionViewer, RefusedField],
);

/** Begins to set up the second factor that an account needs to sign in. */
export const StartSignInEnrolment = graphql(
  `
    mutation StartSignInEnrolment($input: StartSignInEnrolmentInput!) {
      startSignInEnrolment(input: $input) {
        setup {
          ...SetupData
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [SetupData, RefusedField],
);

/** Puts it in force, and signs in. */
export const ConfirmSignInEnrolment = graphql(
  `
    mutation ConfirmSignInEnrolment($input: ConfirmSignInEnrolmentInput!) {
      confirmSignInEnrolment(input: $input) {
        accessToken
        expiresIn
        viewer {
          ...SessionViewer
        }
        recoveryCodes
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [SessionViewer, RefusedField],
);
