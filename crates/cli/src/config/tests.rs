//! Layers in their order, and faulty keys named.

use std::io::Write;

use duban_gateway::http::Company;
use tempfile::NamedTempFile;
use time::macros::datetime;

use super::*;

type Pairs<'a> = &'a [(&'a str, &'a str)];

fn load(
    file: Option<&str>,
    environment: Pairs<'_>,
    flags: &[(&'static str, &str)],
) -> Result<Config, String> {
    let written = file.map(|text| {
        let mut file = NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file
    });
    let environment = environment
        .iter()
        .map(|(key, value)| ((*key).into(), (*value).into()));
    let flags = flags.iter().map(|(key, value)| (*key, (*value).to_owned()));
    Config::load(
        written.as_ref().map(NamedTempFile::path),
        environment,
        flags,
    )
    .map_err(|error| error.to_string())
}

fn fault(file: &str) -> String {
    load(Some(file), &[], &[]).unwrap_err()
}

#[test]
fn the_defaults_stand_alone() {
    let config = load(None, &[], &[]).unwrap();
    assert_eq!(config.server.bind.to_string(), "127.0.0.1:8080");
    assert_eq!(config.server.reached_at(), "http://127.0.0.1:8080");
    assert_eq!(config.identity.access_token_minutes, 5);
    assert_eq!(config.log.format, LogFormat::Text);
    assert!(!config.demo);
}

#[test]
fn each_layer_goes_before_the_one_below() {
    let file = "[server]\nbind = \"127.0.0.1:1\"\ntrusted_proxy_hops = 3";
    let at = |environment: Pairs<'_>, flags: &[(&'static str, &str)]| {
        load(Some(file), environment, flags)
            .unwrap()
            .server
            .bind
            .port()
    };
    assert_eq!(at(&[], &[]), 1);
    assert_eq!(at(&[("DUBAN_SERVER__BIND", "127.0.0.1:2")], &[]), 2);
    assert_eq!(
        at(
            &[("DUBAN_SERVER__BIND", "127.0.0.1:2")],
            &[("server.bind", "127.0.0.1:3")]
        ),
        3
    );
    let kept = load(Some(file), &[("DUBAN_SERVER__BIND", "127.0.0.1:2")], &[]).unwrap();
    assert_eq!(kept.server.trusted_proxy_hops, 3);
}

#[test]
fn the_environment_is_read_by_prefix_and_two_underscores() {
    let environment = [
        ("DUBAN_DEMO", "true"),
        ("DUBAN_DEMO_STORY", "false"),
        ("DUBAN_NATS_URL", "nats://127.0.0.1:4222"),
        ("DUBAN_NATS_STREAM", "henan"),
        ("DUBAN_LOG__FILTER", "debug,duban=trace"),
        ("DUBAN_DATABASE__READ_CONNECTIONS", "4"),
        ("DUBAN_TEST_POSTGRES_URL", "postgres://elsewhere"),
        ("DUBAN_BIN", "duban"),
        ("SERVER__BIND", "nowhere"),
    ];
    let config = load(None, &environment, &[]).unwrap();
    assert!(config.demo && !config.demo_story);
    let relay = config.relay().unwrap();
    assert_eq!(
        (relay.url.as_str(), relay.stream.as_str()),
        ("nats://127.0.0.1:4222", "henan")
    );
    assert_eq!(config.http().company, Company::OneOfSeveral);
    assert_eq!(config.log.filter, "debug,duban=trace");
    assert_eq!(config.database.read_connections, 4);
}

#[test]
fn the_day_of_the_demo_begins_at_nine_in_beijing() {
    let begins = |day| {
        load(None, &[("DUBAN_DEMO_DAY", day)], &[])
            .unwrap()
            .demo_begins()
    };
    assert_eq!(begins("2025-04-01"), Some(datetime!(2025-04-01 01:00 UTC)));
    assert_eq!(begins(""), None);
    let error = fault("demo_day = \"April\"");
    assert!(
        error.starts_with("setting demo_day: a day looks like 2025-04-01"),
        "{error}"
    );
}

#[test]
fn a_provider_is_taken_whole_and_by_https_alone() {
    let whole = "[oidc]\nissuer = \"https://sso.example.org\"\nclient_id = \"duban\"\n";
    let config = load(
        Some(whole),
        &[("DUBAN_OIDC__CLIENT_SECRET", "secret-word")],
        &[],
    )
    .unwrap();
    let settings = config.app().identity.oidc.unwrap();
    assert_eq!(settings.client_secret.unwrap().as_str(), "secret-word");
    assert_eq!(settings.redirect_url, "http://127.0.0.1:8080/oidc/callback");
    assert!(load(None, &[], &[]).unwrap().app().identity.oidc.is_none());
    assert!(!format!("{config:?}").contains("secret-word"));

    let here = "[oidc]\nissuer = \"http://127.0.0.1:9\"\nclient_id = \"duban\"\n";
    assert!(load(Some(here), &[("DUBAN_DEMO", "true")], &[]).is_ok());
    for (file, key) in [
        (here.to_owned(), "oidc.issuer"),
        (
            "[oidc]\nissuer = \"sso.example.org\"".to_owned(),
            "oidc.issuer",
        ),
        (
            "[oidc]\nissuer = \"https://sso.example.org\"".to_owned(),
            "oidc.client_id",
        ),
        (format!("{whole}scopes = \"profile\""), "oidc.scopes"),
        (format!("{whole}account_claim = \"\""), "oidc.account_claim"),
        (format!("{whole}name_zh = \" \""), "oidc.name_zh"),
        (
            format!("{whole}client_secret_file = \"/no/such/file\""),
            "oidc.client_secret_file",
        ),
    ] {
        let error = fault(&file);
        assert!(error.starts_with(&format!("setting {key}: ")), "{error}");
    }
    let error = fault("[oidc]\nclient_secret = 123456789");
    assert!(!error.contains("123456789"), "{error}");
}

#[test]
fn a_secret_is_read_from_its_file() {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(b"from-a-file\n").unwrap();
    let path = file.path().display();
    let whole = format!(
        "[oidc]\nissuer = \"https://sso.example.org\"\nclient_id = \"duban\"\nclient_secret_file = \"{path}\""
    );
    let settings = load(Some(&whole), &[], &[]).unwrap().app().identity.oidc;
    assert_eq!(
        settings.unwrap().client_secret.unwrap().as_str(),
        "from-a-file"
    );
    let both = format!("{whole}\nclient_secret = \"word\"");
    assert!(fault(&both).contains("oidc.client_secret is set too"));
}

#[test]
fn an_unknown_key_is_named_with_those_that_are_known() {
    let error = fault("[server]\nbnid = \"127.0.0.1:1\"");
    assert!(
        error.starts_with("setting server.bnid: there is no such setting"),
        "{error}"
    );
    assert!(
        error.contains("known here: bind") && error.contains("(from file "),
        "{error}"
    );
    let error = fault("speed = 3");
    assert!(
        error.starts_with("setting speed: there is no such setting"),
        "{error}"
    );
    let error = load(None, &[("DUBAN_SERVER__BNID", "x")], &[]).unwrap_err();
    assert!(error.starts_with("setting server.bnid:"), "{error}");
    assert!(
        error.ends_with("(from environment variable DUBAN_SERVER__BNID)"),
        "{error}"
    );
    assert!(
        load(None, &[("DUBAN_WEATHER__SUN", "1")], &[])
            .unwrap_err()
            .contains("weather")
    );
}

#[test]
fn a_value_of_the_wrong_type_is_named_with_its_origin() {
    let error = load(None, &[("DUBAN_SERVER__BIND", "here")], &[]).unwrap_err();
    assert!(error.starts_with("setting server.bind: "), "{error}");
    assert!(
        error.ends_with("(from environment variable DUBAN_SERVER__BIND)"),
        "{error}"
    );
    let error = fault("[log]\nformat = \"xml\"");
    assert!(
        error.starts_with("setting log.format: ") && error.contains("xml"),
        "{error}"
    );
    let error = fault("[server]\ntrusted_proxy_hops = 300");
    assert!(
        error.starts_with("setting server.trusted_proxy_hops: "),
        "{error}"
    );
    let error = load(None, &[], &[("server.bind", "80")]).unwrap_err();
    assert!(
        error.ends_with("(from a flag of the command line)"),
        "{error}"
    );
}

#[test]
fn a_value_that_makes_no_sense_is_named_with_its_origin() {
    for (file, key) in [
        (
            "[server]\npublic_url = \"duban.example.org\"",
            "server.public_url",
        ),
        (
            "[server]\npublic_url = \"https://a.example/path\"",
            "server.public_url",
        ),
        (
            "[server]\ndrain_notice_ms = 100000",
            "server.drain_notice_ms",
        ),
        ("[database]\nurl = \"mysql://secret@host\"", "database.url"),
        (
            "[database]\nread_connections = 0",
            "database.read_connections",
        ),
        (
            "[identity]\naccess_token_minutes = 0",
            "identity.access_token_minutes",
        ),
        (
            "[identity]\nsession_idle_minutes = 100000",
            "identity.session_idle_minutes",
        ),
        ("[identity]\nkey_file = \"\"", "identity.key_file"),
        ("[log]\nfilter = \"duban=loud\"", "log.filter"),
    ] {
        let error = fault(file);
        assert!(
            error.starts_with(&format!("setting {key}: ")),
            "{key}: {error}"
        );
        assert!(error.contains("(from file "), "{key}: {error}");
        assert!(!error.contains("secret"), "{error}");
    }
}

#[test]
fn a_database_address_is_never_repeated() {
    let config = load(
        None,
        &[("DUBAN_DATABASE__URL", "postgres://u:hidden@h/d")],
        &[],
    )
    .unwrap();
    assert!(!format!("{config:?}").contains("hidden"));
}

#[test]
fn a_missing_or_broken_file_is_named() {
    let missing = Config::load(Some(Path::new("nowhere.toml")), [], []).unwrap_err();
    assert_eq!(
        missing.to_string(),
        "there is no settings file nowhere.toml"
    );
    let error = fault("[server\nbind = 1");
    assert!(
        error.starts_with("the settings cannot be read from file "),
        "{error}"
    );
}
