//! Roll-ups: rates within their bounds, parts that sum to the whole, nothing counted twice, and first
//! halves that stand still when a unit moves.

mod kept;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use duban_domain::{
    ids::DepartmentId,
    measurement::{Reading, Thing},
    metric::{
        TimeAggregation, TreeAggregation,
        rollup::{Cell, DatedParent, DatedTree, Life, Rolled, Rule},
    },
    period::{Cadence, Period},
    quantity::Figure,
    report::ReportRates,
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use time::{Date, macros::date};
use uuid::Uuid;

const START: Date = date!(2024 - 01 - 01);

/// The province, its cities and their counties: unit 0, units 1 to `cities`, and the rest.
#[derive(Debug, Clone)]
struct World {
    cities: usize,
    /// The city of each county, and the one that it moves to with the first day of which month.
    counties: Vec<(usize, Option<(usize, u8)>)>,
    /// What each county says for each month, where it says something.
    said: Vec<Vec<Option<Said>>>,
}

/// What one county says for one month, and whether it was verified.
#[derive(Debug, Clone, Copy)]
struct Said {
    word: Word,
    is_verified: bool,
}

#[derive(Debug, Clone, Copy)]
enum Word {
    Figure(u32),
    NotApplicable,
}

impl Word {
    const fn figure(self) -> Option<u32> {
        match self {
            Self::Figure(value) => Some(value),
            Self::NotApplicable => None,
        }
    }
}

fn id(number: usize) -> DepartmentId {
    DepartmentId(Uuid::from_u128(number as u128 + 1))
}

fn months() -> Vec<Period> {
    let first = Period::of(date!(2025 - 01 - 01), Cadence::Monthly);
    std::iter::successors(Some(first), |one| Some(one.next()))
        .take(12)
        .collect()
}

fn whole(number: u64) -> Figure {
    Figure::try_new(Decimal::from(number)).expect("small")
}

fn worlds() -> impl Strategy<Value = World> {
    (1_usize..5, 1_usize..9).prop_flat_map(|(cities, counties)| {
        let moves = proptest::option::weighted(0.4, (0..cities, 2_u8..=12));
        let county = (0..cities, moves);
        let word =
            prop_oneof![4 => (0_u32..500).prop_map(Word::Figure), 1 => Just(Word::NotApplicable)];
        let said = (word, any::<bool>()).prop_map(|(word, is_verified)| Said { word, is_verified });
        let cell = proptest::option::weighted(0.7, said);
        let year = proptest::collection::vec(cell, 12);
        (
            proptest::collection::vec(county, counties),
            proptest::collection::vec(year, counties),
        )
            .prop_map(move |(counties, said)| World {
                cities,
                counties,
                said,
            })
    })
}

impl World {
    fn county(&self, number: usize) -> DepartmentId {
        id(1 + self.cities + number)
    }

    fn tree(&self) -> DatedTree {
        let life = Life {
            from: START,
            to: None,
        };
        let below = |parent, from, to| DatedParent { parent, from, to };
        let mut tree = DatedTree::default();
        tree.add(id(0), life, Vec::new());
        for city in 0..self.cities {
            tree.add(id(1 + city), life, vec![below(id(0), START, None)]);
        }
        for (number, (city, moved)) in self.counties.iter().enumerate() {
            let parents = match moved {
                None => vec![below(id(1 + city), START, None)],
                Some((to, month)) => {
                    let day = months()[usize::from(*month) - 1].first_day();
                    vec![
                        below(id(1 + city), START, day.previous_day()),
                        below(id(1 + to), day, None),
                    ]
                }
            };
            tree.add(self.county(number), life, parents);
        }
        tree
    }

    /// Where a county stands in a month, told without the tree.
    fn city_of(&self, county: usize, month: usize) -> usize {
        let (first, moved) = self.counties[county];
        moved
            .filter(|(_, from)| month + 1 >= usize::from(*from))
            .map_or(first, |(to, _)| to)
    }

    fn cells(&self, over_tree: TreeAggregation) -> Vec<Cell> {
        let mut cells = Vec::new();
        for (county, year) in self.said.iter().enumerate() {
            for (month, said) in year.iter().enumerate() {
                let Some(Said { word, is_verified }) = *said else {
                    continue;
                };
                let reading = Some(reading(word, over_tree));
                cells.push(Cell {
                    unit: self.county(county),
                    period: months()[month],
                    verified: reading.clone().filter(|_| is_verified),
                    provisional: reading.filter(|_| !is_verified),
                    is_late: (county + month) % 3 == 0,
                });
            }
        }
        cells
    }

    fn rule(&self, (over_time, over_tree): (TimeAggregation, TreeAggregation)) -> Rule {
        let counties = 0..self.counties.len();
        Rule {
            over_time,
            over_tree,
            reporters: Arc::new(counties.map(|one| self.county(one)).collect()),
            between: Arc::default(),
        }
    }

    fn roll(
        &self,
        over: (TimeAggregation, TreeAggregation),
        unit: DepartmentId,
        periods: &[Period],
    ) -> Rolled {
        let (rule, over_tree) = (self.rule(over), over.1);
        rule.roll_up(&self.tree(), &self.cells(over_tree), (unit, periods))
            .expect("small figures")
    }
}

fn reading(word: Word, over_tree: TreeAggregation) -> Reading {
    let Word::Figure(value) = word else {
        return Reading::NotApplicable;
    };
    match over_tree {
        TreeAggregation::Ratio | TreeAggregation::Weighted => {
            Reading::over(whole(value.into()), whole(500))
        }
        TreeAggregation::Distinct => {
            let names = [value % 7, (value / 7) % 7, value % 3];
            let things = names.map(|one| Thing::try_new(&format!("t{one}")).expect("a name"));
            Reading::things(things.to_vec()).expect("three")
        }
        _ => Reading::of(whole(value.into())),
    }
}

fn rules() -> impl Strategy<Value = (TimeAggregation, TreeAggregation)> {
    (
        prop::sample::select(TimeAggregation::ALL),
        prop::sample::select(TreeAggregation::ALL),
    )
}

const ADDED: (TimeAggregation, TreeAggregation) = (TimeAggregation::Sum, TreeAggregation::Sum);

fn number(figure: Option<Figure>) -> Decimal {
    figure.map_or(Decimal::ZERO, Figure::decimal)
}

proptest! {
    #[test]
    fn rates_keep_their_bounds_for_every_rule_and_unit(world in worlds(), rule in rules()) {
        for unit in 0..=world.cities {
            let rolled = world.roll(rule, id(unit), &months());
            let rates = rolled.rates;
            prop_assert_eq!(rates.on_time + rates.late + rates.missing, rates.expected());
            for rate in [rates.completeness(), rates.timeliness()].into_iter().flatten() {
                prop_assert!(rate >= Figure::ZERO && rate <= whole(1));
            }
            prop_assert!(rates.timeliness() <= rates.completeness());
            prop_assert!(rolled.not_applicable + rolled.rates.missing <= rates.expected());
            prop_assert!(rolled.waiting <= rates.on_time + rates.late);
        }
    }

    #[test]
    fn cities_sum_to_the_province_and_each_cell_is_counted_once(world in worlds()) {
        let province = world.roll(ADDED, id(0), &months());
        let cities: Vec<Rolled> =
            (0..world.cities).map(|one| world.roll(ADDED, id(1 + one), &months())).collect();
        let of_all = |pick: fn(&Rolled) -> Option<Figure>| -> Decimal {
            cities.iter().map(|one| number(pick(one))).sum()
        };
        prop_assert_eq!(number(province.verified), of_all(|one| one.verified));
        prop_assert_eq!(number(province.provisional), of_all(|one| one.provisional));
        let rates = cities.iter().fold(ReportRates::default(), |all, one| all + one.rates);
        prop_assert_eq!(province.rates, rates);
        let (mut verified, mut all) = (0_u64, 0_u64);
        for said in world.said.iter().flatten().flatten() {
            let value = u64::from(said.word.figure().unwrap_or_default());
            all += value;
            verified += if said.is_verified { value } else { 0 };
        }
        prop_assert_eq!(number(province.verified), Decimal::from(verified));
        prop_assert_eq!(number(province.provisional), Decimal::from(all));
    }

    #[test]
    fn a_city_has_what_its_counties_said_while_they_were_below_it(world in worlds()) {
        for city in 0..world.cities {
            let mut expected = BTreeMap::new();
            for (county, year) in world.said.iter().enumerate() {
                for (month, said) in year.iter().enumerate() {
                    let verified = said.filter(|one| one.is_verified);
                    if let (Some(value), true) = (
                        verified.and_then(|one| one.word.figure()),
                        world.city_of(county, month) == city,
                    ) {
                        *expected.entry(month).or_insert(0_u64) += u64::from(value);
                    }
                }
            }
            for (month, period) in months().into_iter().enumerate() {
                let rolled = world.roll(ADDED, id(1 + city), &[period]);
                let told = expected.get(&month).map(|one| whole(*one));
                prop_assert_eq!(rolled.verified.filter(|one| *one != Figure::ZERO),
                    told.filter(|one| *one != Figure::ZERO));
            }
        }
    }

    #[test]
    fn a_move_in_july_leaves_the_first_half_as_it_was(
        mut world in worlds(),
        rule in rules(),
        to in 0_usize..5,
    ) {
        for county in &mut world.counties {
            county.1 = None;
        }
        let half = &months()[..6];
        let units: Vec<DepartmentId> = (0..=world.cities).map(id).collect();
        let figures = |world: &World| -> Vec<Rolled> {
            units.iter().map(|unit| world.roll(rule, *unit, half)).collect()
        };
        let before = figures(&world);
        world.counties[0].1 = Some((to % world.cities, 7));
        prop_assert_eq!(before, figures(&world));
    }

    #[test]
    fn distinct_things_are_counted_once_however_many_name_them(
        world in worlds(),
        over_time in prop::sample::select(vec![TimeAggregation::Sum, TimeAggregation::Latest]),
    ) {
        let rule = (over_time, TreeAggregation::Distinct);
        let mut last: BTreeMap<DepartmentId, Vec<BTreeSet<Thing>>> = BTreeMap::new();
        for cell in world.cells(TreeAggregation::Distinct) {
            let Some(reading) = cell.verified else { continue };
            let things = reading.amount().map(|one| one.things.iter().cloned().collect());
            last.entry(cell.unit).or_default().push(things.unwrap_or_default());
        }
        let union: BTreeSet<&Thing> = match over_time {
            TimeAggregation::Latest => last.values().filter_map(|all| all.last()).flatten().collect(),
            _ => last.values().flatten().flatten().collect(),
        };
        let rolled = world.roll(rule, id(0), &months());
        prop_assert_eq!(number(rolled.verified), Decimal::from(union.len()));
        let parts: Decimal = (0..world.cities)
            .map(|city| number(world.roll(rule, id(1 + city), &months()).verified))
            .sum();
        prop_assert!(over_time == TimeAggregation::Latest || parts >= number(rolled.verified));
    }

    #[test]
    fn means_and_ratios_lie_between_the_smallest_and_the_largest(world in worlds(), over_tree in
        prop::sample::select(vec![TreeAggregation::Average, TreeAggregation::Weighted])) {
        let rule = (TimeAggregation::Average, over_tree);
        let rolled = world.roll(rule, id(0), &months());
        let values: Vec<u32> = world.said.iter().flatten().flatten()
            .filter(|said| said.is_verified)
            .filter_map(|said| said.word.figure())
            .collect();
        match rolled.verified {
            None => prop_assert!(values.is_empty()),
            Some(mean) => {
                let least = values.iter().min().copied().unwrap_or_default();
                let most = values.iter().max().copied().unwrap_or_default();
                prop_assert!(mean >= whole(least.into()) && mean <= whole(most.into()));
            }
        }
    }

    #[test]
    fn where_nothing_waits_provisional_is_verified(mut world in worlds(), rule in rules()) {
        for said in world.said.iter_mut().flatten().flatten() {
            said.is_verified = true;
        }
        let rolled = world.roll(rule, id(0), &months());
        prop_assert_eq!(rolled.verified, rolled.provisional);
        prop_assert_eq!(rolled.waiting, 0);
    }
}

const fn verified(word: Word) -> Said {
    Said {
        word,
        is_verified: true,
    }
}

fn one_county(said: Option<Word>) -> Rolled {
    let world = World {
        cities: 1,
        counties: vec![(0, None)],
        said: vec![vec![said.map(verified); 12]],
    };
    world.roll(ADDED, id(0), &months())
}

#[test]
fn zero_missing_and_not_applicable_are_three_things() {
    let (zero, missing, not_applicable) = (
        one_county(Some(Word::Figure(0))),
        one_county(None),
        one_county(Some(Word::NotApplicable)),
    );
    assert_eq!(zero.verified, Some(Figure::ZERO));
    assert_eq!((zero.rates.missing, zero.not_applicable), (0, 0));
    assert_eq!(missing.verified, None);
    assert_eq!((missing.rates.missing, missing.not_applicable), (12, 0));
    assert_eq!(not_applicable.verified, None);
    assert_eq!(
        (not_applicable.rates.missing, not_applicable.not_applicable),
        (0, 12)
    );
}

#[test]
fn a_survey_figure_is_never_computed_from_below() {
    let world = World {
        cities: 1,
        counties: vec![(0, None)],
        said: vec![vec![Some(verified(Word::Figure(15))); 12]],
    };
    let survey = (TimeAggregation::Latest, TreeAggregation::External);
    let province = world.roll(survey, id(0), &months());
    assert_eq!((province.verified, province.rates.expected()), (None, 0));
    let county = world.roll(survey, world.county(0), &months());
    assert_eq!(county.verified, Some(whole(15)));
}

#[test]
fn who_was_dissolved_is_not_expected_afterwards() {
    let mut tree = DatedTree::default();
    let until = |to| Life { from: START, to };
    tree.add(id(0), until(None), Vec::new());
    let below = DatedParent {
        parent: id(0),
        from: START,
        to: None,
    };
    tree.add(id(1), until(Some(date!(2025 - 03 - 31))), vec![below]);
    let rule = Rule {
        over_time: TimeAggregation::Sum,
        over_tree: TreeAggregation::Sum,
        reporters: Arc::new(BTreeSet::from([id(1)])),
        between: Arc::default(),
    };
    let rolled = rule.roll_up(&tree, &[], (id(0), &months())).expect("empty");
    assert_eq!(rolled.rates.expected(), 3);
}
