//! Second factors: set up, asked for at sign-in and at approvals, lost, taken away.

mod approvals;
mod mandatory;
mod own;
mod sign_in;

use duban_tests::{Answer, Person, TestApp};
use serde_json::json;
use totp_rs::{Builder, Secret, Totp};

/// The password of every account of the tests.
const PASSWORD: &str = "ceshi-yong-mima-2025";

/// What a sign-in answers.
const SIGNED_IN: &str = "accessToken challenge { token step expiresAt } recoveryCodes
    viewer { account { login } }";

/// The app of somebody's phone, which makes codes.
struct Phone(Totp);

impl Phone {
    fn of(secret: &str) -> Self {
        let secret = Secret::try_from_base32(secret).expect("a secret in base 32");
        Self(Builder::new().with_secret(secret).build().expect("codes"))
    }

    /// The code of now, moved by steps of half a minute.
    fn code(&self, app: &TestApp, moved: i64) -> String {
        let now = app.store().clock().now().unix_timestamp() + moved * 30;
        let now = u64::try_from(now).expect("after 1970");
        self.0.generate(now).to_string()
    }
}

/// Sets a second factor up for somebody who is signed in.
async fn enrol(app: &TestApp, person: &Person) -> (Phone, Vec<String>) {
    let proof = json!({ "password": PASSWORD });
    let fields = "setup { secret uri qr { size path } }";
    let begun = person.change("startSecondFactor", proof, fields).await;
    assert_eq!(begun.user_errors("startSecondFactor"), [""; 0], "{begun:?}");
    let phone = Phone::of(begun.text("/startSecondFactor/setup/secret"));
    let code = json!({ "code": phone.code(app, 0) });
    let done = person
        .change("confirmSecondFactor", code, "recoveryCodes")
        .await;
    assert_eq!(done.user_errors("confirmSecondFactor"), [""; 0], "{done:?}");
    (phone, texts(&done, "/confirmSecondFactor/recoveryCodes"))
}

fn texts(answer: &Answer, pointer: &str) -> Vec<String> {
    let all = answer.list(pointer).iter();
    all.map(|one| one.as_str().expect("a text").to_owned())
        .collect()
}

/// Signs in by the password.
async fn first_step(app: &TestApp, login: &str) -> Answer {
    let input = json!({ "account": login, "password": PASSWORD });
    app.anonymous().change("signIn", input, SIGNED_IN).await
}

/// The token of a sign-in that waits for its second step.
async fn challenge(app: &TestApp, login: &str) -> String {
    let answer = first_step(app, login).await;
    answer.text("/signIn/challenge/token").to_owned()
}

/// Ends a sign-in that waits with a code.
async fn second_step(app: &TestApp, challenge: &str, code: &str) -> Answer {
    let input = json!({ "challenge": challenge, "code": code });
    let nobody = app.anonymous();
    nobody.change("signInSecondFactor", input, SIGNED_IN).await
}

/// Signs in with both steps.
async fn sign_in(app: &TestApp, login: &str, code: &str) -> Person {
    let input = json!({ "challenge": challenge(app, login).await, "code": code });
    let mut person = app.anonymous();
    let answer = person.change("signInSecondFactor", input, SIGNED_IN).await;
    let token = answer.text("/signInSecondFactor/accessToken").to_owned();
    person.use_token(Some(&token));
    person
}
