//! `duban doctor` about the organisation's own provider of sign-in.

use std::{
    io::{Read, Write},
    net::TcpListener,
    thread,
};

use serde_json::{Value, json};

use super::{Done, Place};

/// How a provider answers: the issuer that it states, its keys, and what a sign-in comes to.
#[derive(Clone)]
struct Behaviour {
    issuer: Option<&'static str>,
    keys: Value,
    sign_in: String,
}

/// A provider that answers in a thread of its own until the tests end; its issuer.
fn provider(behaviour: Behaviour) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let issuer = format!("http://{}", listener.local_addr().expect("an address"));
    let own = issuer.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut head = [0; 8_192];
            let count = stream.read(&mut head).unwrap_or_default();
            let head = String::from_utf8_lossy(&head[..count]).into_owned();
            let path = head.split(' ').nth(1).unwrap_or_default();
            let answer = match path.split('?').next().unwrap_or_default() {
                "/.well-known/openid-configuration" => ok(&json!({
                    "issuer": behaviour.issuer.unwrap_or(&own),
                    "authorization_endpoint": format!("{own}/auth"),
                    "token_endpoint": format!("{own}/token"),
                    "jwks_uri": format!("{own}/keys"),
                })),
                "/keys" => ok(&json!({ "keys": behaviour.keys })),
                _ => format!(
                    "HTTP/1.1 {}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
                    behaviour.sign_in
                ),
            };
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    issuer
}

fn ok(body: &Value) -> String {
    let body = body.to_string();
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n{body}"
    )
}

fn examine(place: &Place, issuer: &str) -> (Done, Value) {
    let mut command = place.command(&["doctor", "--format", "json"]);
    command
        .env("DUBAN_DEMO", "true")
        .env("DUBAN_OIDC__ISSUER", issuer)
        .env("DUBAN_OIDC__CLIENT_ID", "duban");
    let done = Done(command.output().expect("the binary runs"));
    let checks = done.json();
    let all = checks.as_array().expect("checks").iter();
    let mut found = all.filter(|one| one["name"] == "single sign-on");
    let check = found.next().expect("the provider is looked at").clone();
    (done, check)
}

#[test]
fn doctor_looks_at_the_provider_of_sign_in() {
    let place = Place::seeded();
    // The point of the curve is that of RFC 8037, appendix A.2.
    let key = json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" });
    let fit = Behaviour {
        issuer: None,
        keys: json!([key]),
        sign_in: "302 Found\r\nlocation: http://127.0.0.1:8080/oidc/callback?error=login_required"
            .to_owned(),
    };
    let with = |sign_in: &str| Behaviour {
        sign_in: sign_in.to_owned(),
        ..fit.clone()
    };
    let other = Behaviour {
        issuer: Some("https://elsewhere.example.org"),
        ..fit.clone()
    };
    let keyless = Behaviour {
        keys: json!([{ "kty": "oct", "k": "AAAA" }]),
        ..fit.clone()
    };
    let denied = "302 Found\r\nlocation: http://127.0.0.1:8080/oidc/callback?error=invalid_scope";
    for (behaviour, health, told) in [
        (fit.clone(), "GOOD", "/oidc/callback"),
        (with("200 OK"), "REMARK", "/oidc/callback"),
        (with("400 Bad Request"), "BAD", "oidc.client_id"),
        (with(denied), "BAD", "invalid_scope"),
        (other, "BAD", "https://elsewhere.example.org"),
        (keyless, "BAD", "EdDSA"),
    ] {
        let (done, check) = examine(&place, &provider(behaviour));
        assert_eq!(check["health"], health, "{check}");
        let detail = check["detail"].as_str().unwrap_or_default();
        assert!(detail.contains(told), "{detail}");
        assert_eq!(done.code(), i32::from(health == "BAD"));
    }
    let nobody = TcpListener::bind("127.0.0.1:0").expect("a port");
    let away = format!("http://{}", nobody.local_addr().expect("an address"));
    drop(nobody);
    let (done, check) = examine(&place, &away);
    assert_eq!((done.code(), &check["health"]), (1, &json!("BAD")));
}
