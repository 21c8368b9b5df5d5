//! The canonical form and the chain, held against figures worked out by other means.

use uuid::Uuid;

use super::*;

fn event(action: &str) -> Event {
    Event {
        at: 1_742_175_000_000_001,
        actor: Some(Uuid::from_u128(7)),
        on_behalf_of: None,
        session: None,
        address: Some("203.0.113.9".to_owned()),
        request: None,
        action: action.to_owned(),
        object_type: "Task".to_owned(),
        object_id: Some(Uuid::from_u128(9)),
        outcome: Outcome::Done,
        detail: r#"{"code":"2025-14"}"#.to_owned(),
    }
}

#[test]
fn the_canonical_bytes_are_those_of_the_specification() {
    let mut bytes = Vec::new();
    assert!(
        event("task.accepted")
            .at_place(500)
            .write_canonical(&mut bytes)
    );
    let mut expected = vec![0x8d, 0x01, 0x19, 0x01, 0xf4, 0x1b];
    expected.extend(1_742_175_000_000_001_u64.to_be_bytes());
    expected.push(0x50);
    expected.extend(Uuid::from_u128(7).as_bytes());
    expected.extend([0xf6, 0xf6, 0x6b]);
    expected.extend(b"203.0.113.9");
    expected.extend([0xf6, 0x6d]);
    expected.extend(b"task.accepted");
    expected.push(0x64);
    expected.extend(b"Task");
    expected.push(0x50);
    expected.extend(Uuid::from_u128(9).as_bytes());
    expected.push(0x64);
    expected.extend(b"DONE");
    expected.push(0x72);
    expected.extend(br#"{"code":"2025-14"}"#);
    assert_eq!(bytes, expected);
}

#[test]
fn a_chain_is_found_whole_and_every_break_is_named() {
    let mut chain = Chain::after(Head::START);
    let found: Vec<Found> = ["task.handed_out", "task.accepted", "task.declined"]
        .into_iter()
        .map(|action| {
            let event = event(action);
            let head = chain.append(&event);
            Found {
                format: FORMAT,
                seq: head.seq,
                event,
                hash: head.hash.0.to_vec(),
            }
        })
        .collect();
    let check = |events: &[&Found]| {
        let mut chain = Chain::after(Head::START);
        events.iter().try_for_each(|one| chain.check(one))
    };
    let [one, two, three] = &found[..] else {
        panic!("three events")
    };
    assert_eq!(check(&[one, two, three]), Ok(()));
    assert_eq!(check(&[one, three]), Err(Break::Missing { seq: 2 }));
    assert_eq!(check(&[one, one]), Err(Break::Unexpected { seq: 1 }));
    let other = Found {
        event: event("task.returned"),
        ..two.clone()
    };
    assert_eq!(check(&[one, &other]), Err(Break::Altered { seq: 2 }));
    let unknown = Found {
        format: 2,
        ..two.clone()
    };
    assert_eq!(check(&[one, &unknown]), Err(Break::Altered { seq: 2 }));
}

#[test]
fn a_hash_is_read_as_it_is_written() {
    let mut bytes = [0; 32];
    for (place, byte) in (0_u8..).zip(bytes.iter_mut()) {
        *byte = place.wrapping_mul(37);
    }
    let hash = ChainHash(bytes);
    assert_eq!(ChainHash::parse(&hash.to_string()), Ok(hash));
    for wrong in ["", "00", &"0".repeat(65), &"G".repeat(64), &"A".repeat(64)] {
        assert_eq!(ChainHash::parse(wrong), Err(NotAHash), "{wrong}");
    }
}
