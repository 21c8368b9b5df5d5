//! Who is asked for a figure of venues: each while it is one, and whoever speaks for them while there is
//! none.

use std::collections::BTreeMap;

use time::Date;

use super::{DatedTree, Life};
use crate::ids::DepartmentId;

/// The venues that stand below a unit, each with the days between which it is asked, and with them the lead
/// on the days on which there is no venue: what the lead said for all of them before stays counted.
#[must_use]
pub fn asked_of_venues(
    tree: &DatedTree,
    venues: &BTreeMap<DepartmentId, Life>,
    (body, lead): (DepartmentId, Option<DepartmentId>),
) -> BTreeMap<DepartmentId, Vec<Life>> {
    let below = venues.iter().filter_map(|(unit, life)| {
        let span = span_within(tree, (*unit, *life), body)?;
        Some((*unit, vec![span]))
    });
    let mut asked: BTreeMap<DepartmentId, Vec<Life>> = below.collect();
    if let Some(lead) = lead {
        let without = gaps(asked.values().flatten().copied().collect());
        asked.entry(lead).or_default().extend(without);
    }
    asked
}

/// From the first day on which a venue stood below a unit until it ends.
fn span_within(
    tree: &DatedTree,
    (unit, life): (DepartmentId, Life),
    body: DepartmentId,
) -> Option<Life> {
    let own = tree.life(unit)?;
    let from = life.from.max(own.from);
    let to = [life.to, own.to].into_iter().flatten().min();
    let mut days = tree.changes(from, to.unwrap_or(Date::MAX)).into_iter();
    let from = days.find(|day| tree.is_within(unit, body, *day))?;
    to.is_none_or(|last| from <= last)
        .then_some(Life { from, to })
}

/// The days that lie in none of these.
fn gaps(mut spans: Vec<Life>) -> Vec<Life> {
    spans.sort_unstable_by_key(|one| one.from);
    let (mut gaps, mut next) = (Vec::new(), Some(Date::MIN));
    for span in spans {
        let Some(from) = next else { break };
        let before = span.from.previous_day().filter(|to| *to >= from);
        gaps.extend(before.map(|to| Life { from, to: Some(to) }));
        let after = span.to.map(|to| to.next_day().unwrap_or(to));
        next = after.map(|day| day.max(from));
    }
    gaps.extend(next.map(|from| Life { from, to: None }));
    gaps
}

#[cfg(test)]
mod tests {
    use time::macros::date;
    use uuid::Uuid;

    use super::*;
    use crate::metric::rollup::DatedParent;

    const BEGINNING: Date = date!(2025 - 01 - 01);
    const LEAD: u128 = 2;
    const VENUE: u128 = 3;
    const ELSEWHERE: u128 = 9;

    fn unit(number: u128) -> DepartmentId {
        DepartmentId(Uuid::from_u128(number))
    }

    fn span(from: Date, to: Option<Date>) -> Life {
        Life { from, to }
    }

    /// The lead and the venue below the body, and a unit beside it.
    fn tree() -> DatedTree {
        let mut tree = DatedTree::default();
        for number in [1, LEAD, VENUE, ELSEWHERE] {
            let parents = (1 < number && number < ELSEWHERE).then_some(DatedParent {
                parent: unit(1),
                from: BEGINNING,
                to: None,
            });
            let life = span(BEGINNING, None);
            tree.add(unit(number), life, parents.into_iter().collect());
        }
        tree
    }

    fn asked(venues: &[(u128, Life)]) -> BTreeMap<DepartmentId, Vec<Life>> {
        let venues = venues.iter().map(|(number, life)| (unit(*number), *life));
        asked_of_venues(&tree(), &venues.collect(), (unit(1), Some(unit(LEAD))))
    }

    #[test]
    fn without_a_venue_the_lead_speaks_always() {
        let always = BTreeMap::from([(unit(LEAD), vec![span(Date::MIN, None)])]);
        assert_eq!(asked(&[]), always);
        let beside = [(ELSEWHERE, span(BEGINNING, None))];
        assert_eq!(asked(&beside), always, "a venue of somebody else");
    }

    #[test]
    fn the_lead_speaks_before_the_first_venue_and_after_the_last() {
        let life = span(date!(2025 - 04 - 01), Some(date!(2025 - 09 - 30)));
        let found = asked(&[(VENUE, life)]);
        assert_eq!(found[&unit(VENUE)], [life]);
        let lead = [
            span(Date::MIN, Some(date!(2025 - 03 - 31))),
            span(date!(2025 - 10 - 01), None),
        ];
        assert_eq!(found[&unit(LEAD)], lead);
    }

    #[test]
    fn a_lead_that_is_a_venue_goes_on_for_itself() {
        let life = span(date!(2025 - 04 - 01), None);
        let found = asked(&[(LEAD, life), (VENUE, span(date!(2025 - 06 - 01), None))]);
        let lead = [life, span(Date::MIN, Some(date!(2025 - 03 - 31)))];
        assert_eq!(found[&unit(LEAD)], lead);
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_venue_that_ended_before_it_began_is_none() {
        let mut tree = tree();
        let life = span(BEGINNING, Some(date!(2025 - 02 - 28)));
        tree.add(unit(VENUE), life, Vec::new());
        let venues = BTreeMap::from([(unit(VENUE), span(date!(2025 - 06 - 01), None))]);
        let found = asked_of_venues(&tree, &venues, (unit(VENUE), None));
        assert!(found.is_empty());
    }
}
