//! Files sent to those who may read the figure under which they lie.

use duban_tests::{
    Backend::{self, Postgres, Sqlite},
    Person,
};
use reqwest::{Response, header};
use rstest::rstest;
use serde_json::json;

use super::{Cast, pdf, record, row, taken, upload};

async fn get(person: &Person, id: &str) -> Response {
    let path = format!("/files/{id}");
    person.get(&path).send().await.expect("an answer")
}

async fn status(person: &Person, id: &str) -> u16 {
    get(person, id).await.status().as_u16()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_sent_sealed_and_known_by_its_tag(#[values(Sqlite, Postgres)] backend: Backend) {
    let cast = Cast::start(backend).await;
    let content = [pdf("郑州"), vec![b' '; 4_096]].concat();
    let id = upload(&cast.zhengzhou, "活动.pdf", &content).await;
    let done = record(&cast.zhengzhou, &[row("410102", "12", &[&id])]).await;
    let file = &taken(&done, 0)["evidence"][0];
    let id = file["id"].as_str().expect("an id");
    let zipped = cast.zhengzhou.get(&format!("/files/{id}"));
    let sent = zipped
        .header(header::ACCEPT_ENCODING, "gzip, br")
        .send()
        .await;
    let sent = sent.expect("an answer");
    let says = |name: &str| sent.headers()[name].to_str().expect("text").to_owned();
    assert_eq!(sent.status(), 200);
    assert_eq!(says("content-type"), "application/pdf");
    assert!(says("content-disposition").starts_with("attachment; "));
    assert!(says("content-disposition").contains("%E6%B4%BB%E5%8A%A8.pdf"));
    assert!(says("content-security-policy").starts_with("sandbox; default-src 'none'"));
    assert_eq!(says("x-content-type-options"), "nosniff");
    assert_eq!(says("cache-control"), "private, no-cache");
    assert!(
        !sent.headers().contains_key("content-encoding"),
        "as it came in"
    );
    let tag = says("etag");
    assert_eq!(
        tag,
        format!("\"{}\"", file["sha256"].as_str().expect("a hash"))
    );
    assert_eq!(sent.bytes().await.expect("a body").to_vec(), content);
    let known = cast.zhengzhou.get(&format!("/files/{id}"));
    let known = known.header(header::IF_NONE_MATCH, &tag).send().await;
    let known = known.expect("an answer");
    assert_eq!(known.status(), 304);
    assert!(known.bytes().await.expect("a body").is_empty());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_out_of_scope_looks_like_none(#[values(Sqlite, Postgres)] backend: Backend) {
    const CANARY: &str = "金丝雀甲七零三";
    let cast = Cast::start(backend).await;
    let id = upload(&cast.zhengzhou, &format!("{CANARY}.pdf"), &pdf(CANARY)).await;
    let done = record(&cast.zhengzhou, &[row("410102", "12", &[&id])]).await;
    let measured = taken(&done, 0)["id"].as_str().expect("an id").to_owned();
    let id = taken(&done, 0)["evidence"][0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let other = async |id: &str| {
        let answer = cast
            .luoyang
            .send(cast.luoyang.get(&format!("/files/{id}")))
            .await;
        assert!(!answer.body().contains(CANARY));
        (answer.status(), answer.json()["code"].clone())
    };
    assert_eq!(other(&id).await, other("nothing").await, "not yet verified");
    assert_eq!(other(&id).await.0, 404);
    assert_eq!(other(&measured).await.0, 404, "the id of something else");
    let tagged = cast.luoyang.get(&format!("/files/{id}"));
    let tagged = tagged
        .header(header::IF_NONE_MATCH, "\"x\", *")
        .send()
        .await;
    assert_eq!(tagged.expect("an answer").status(), 404);
    let query = "query($id: ID!) { node(id: $id) { ... on Measurement { evidence { name } } }
        measurements { edges { node { evidence { name } } } } }";
    let seen = cast
        .luoyang
        .ask_with(query, json!({ "id": measured }))
        .await;
    assert!(!seen.body().contains(CANARY), "{seen:?}");
    assert_eq!(
        status(&cast.verifier, &id).await,
        200,
        "who verifies sees it"
    );
    assert_eq!(status(&cast.app.anonymous(), &id).await, 401);
    assert_eq!(status(&cast.app.system_admin().await, &id).await, 403);
    cast.verify(&measured).await;
    assert_eq!(
        status(&cast.luoyang, &id).await,
        200,
        "what is verified is for all"
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn files_of_many_figures_cost_as_much_as_of_one(
    #[values(Sqlite, Postgres)] backend: Backend,
) {
    let cast = Cast::start(backend).await;
    let units = ["410102", "410103", "410104", "410105", "410106"];
    let mut rows = Vec::new();
    for unit in units {
        let id = upload(&cast.zhengzhou, "a.pdf", &pdf(unit)).await;
        rows.push(row(unit, "1", &[&id]));
    }
    record(&cast.zhengzhou, &rows).await;
    let query = "query($first: Int!) { measurements(first: $first) { edges { node {
        evidence { name sha256 } doubts { code } } } } }";
    let mut costs = Vec::new();
    for first in [1, 5] {
        let mut least = u64::MAX;
        for _ in 0..3 {
            let asked = cast.zhengzhou.ask_with(query, json!({ "first": first }));
            least = least.min(cast.app.counting(asked).await.1);
        }
        costs.push(least);
    }
    assert!(costs[1] <= costs[0] + 2, "{costs:?}");
}
