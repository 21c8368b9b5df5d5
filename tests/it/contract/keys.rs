//! Every mutation may be sent again under a key; those that take none say why.

use async_graphql_parser::{
    Positioned, parse_schema,
    types::{BaseType, TypeKind, TypeSystemDefinition},
};

const SCHEMA: &str = include_str!("../../../schema.graphql");

const CHECKS_SECRET: &str = "it checks a password or a code, and of that nothing is kept, not even a digest of the \
    request; tried again it is a new try, which is counted";
const ONE_TIME: &str = "the link that it takes opens once, which is a key by itself";
const OF_COOKIE: &str = "it knows its caller by the cookie, which changes with each answer";
const MAKES_SECRET: &str = "it shows a secret, which is not kept; asked again it shows another one, and the one before \
    counts no more";

/// Mutations without a key, and why.
const KEYLESS: [(&str, &str); 13] = [
    ("acceptInvitation", ONE_TIME),
    ("changePassword", CHECKS_SECRET),
    ("confirmSecondFactor", CHECKS_SECRET),
    ("confirmSignInEnrolment", CHECKS_SECRET),
    ("reauthenticate", CHECKS_SECRET),
    ("refreshSession", OF_COOKIE),
    ("removeSecondFactor", CHECKS_SECRET),
    ("renewRecoveryCodes", CHECKS_SECRET),
    ("signIn", CHECKS_SECRET),
    ("signInSecondFactor", CHECKS_SECRET),
    ("signOut", OF_COOKIE),
    ("startSecondFactor", CHECKS_SECRET),
    ("startSignInEnrolment", MAKES_SECRET),
];

/// The mutations of a schema whose input has no key, and of how many that is.
fn keyless(schema: &str) -> (Vec<String>, usize) {
    let document = parse_schema(schema).expect("a schema");
    let mut inputs = Vec::new();
    let mut mutations = Vec::new();
    for definition in document.definitions {
        let TypeSystemDefinition::Type(Positioned { node, .. }) = definition else {
            continue;
        };
        match node.kind {
            TypeKind::InputObject(input) => {
                let mut fields = input.fields.iter();
                if fields.any(|field| field.node.name.node == "idempotencyKey") {
                    inputs.push(node.name.node);
                }
            }
            TypeKind::Object(object) if node.name.node == "Mutation" => mutations = object.fields,
            _ => {}
        }
    }
    let is_keyed = |kind: &BaseType| match kind {
        BaseType::Named(name) => inputs.contains(name),
        BaseType::List(_) => false,
    };
    let without = mutations.iter().filter(|field| {
        let mut arguments = field.node.arguments.iter();
        !arguments.any(|one| is_keyed(&one.node.ty.node.base))
    });
    let without = without.map(|field| field.node.name.node.to_string());
    (without.collect(), mutations.len())
}

#[test]
fn every_mutation_takes_a_key_or_says_why_not() {
    let bad = "type Mutation { a(input: A!): Int b(input: B!): Int }
               input A { idempotencyKey: String } input B { key: String }";
    assert_eq!(keyless(bad), (vec!["b".to_owned()], 2));

    let (mut without, count) = keyless(SCHEMA);
    assert!(count > 90, "the mutations were read: {count}");
    without.sort_unstable();
    let excused = KEYLESS.map(|(name, _)| name);
    assert_eq!(
        without, excused,
        "a mutation takes `idempotencyKey`, or is excused here with the reason"
    );
    assert!(KEYLESS.iter().all(|(_, reason)| !reason.is_empty()));
}
