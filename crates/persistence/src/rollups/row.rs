//! Rows of kept figures, turned into what the domain knows.

use duban_domain::{
    ids::{DepartmentId, MetricId},
    measurement::Thing,
    metric::rollup::{Namings, Part, Spot, Sums, Tally},
    period::Period,
};
use sea_orm::{ActiveValue::Set, DbErr, FromQueryResult, QueryResult};
use uuid::Uuid;

use crate::{
    entity::{kept_figure as figure, kept_thing as thing},
    error::{StoreError, corrupt},
};

const FIGURES: &str = "kept_figure";
const THINGS: &str = "kept_thing";

/// Where a sum is parted. A single value times 10^4 has 19 digits, a product times 10^8 has 23; either
/// half leaves room for millions of them in a column of 64 bits, and SQLite never turns to floats.
const LIMB: i128 = 1_000_000_000_000;

/// The key of a row of sums.
pub(super) const FIGURE_KEY: [figure::Column; 4] = [
    figure::Column::MetricId,
    figure::Column::DepartmentId,
    figure::Column::Period,
    figure::Column::Part,
];

/// Sums that are read of every row, after its key.
const PLAIN: [figure::Column; 10] = [
    figure::Column::OnTime,
    figure::Column::Late,
    figure::Column::NotApplicable,
    figure::Column::Waiting,
    figure::Column::VerifiedAmounts,
    figure::Column::VerifiedValueHigh,
    figure::Column::VerifiedValueLow,
    figure::Column::ProvisionalAmounts,
    figure::Column::ProvisionalValueHigh,
    figure::Column::ProvisionalValueLow,
];

/// Those that are read for what is divided by a base, after the others.
const BASES: [figure::Column; 8] = [
    figure::Column::VerifiedBaseHigh,
    figure::Column::VerifiedBaseLow,
    figure::Column::VerifiedProductHigh,
    figure::Column::VerifiedProductLow,
    figure::Column::ProvisionalBaseHigh,
    figure::Column::ProvisionalBaseLow,
    figure::Column::ProvisionalProductHigh,
    figure::Column::ProvisionalProductLow,
];

/// What is added up in a row of sums.
pub(super) fn figure_sums() -> Vec<figure::Column> {
    PLAIN.into_iter().chain(BASES).collect()
}

/// The key of a row of a thing.
pub(super) const THING_KEY: [thing::Column; 5] = [
    thing::Column::MetricId,
    thing::Column::DepartmentId,
    thing::Column::Period,
    thing::Column::Part,
    thing::Column::Thing,
];

/// What is added up in a row of a thing.
pub(super) const THING_SUMS: [thing::Column; 2] =
    [thing::Column::Verified, thing::Column::Provisional];

/// A row of sums as it is read, by the places of its columns: looking each one up by its name takes as long
/// as all the rest. Without bases they are 0.
pub(super) struct Read<const WITH_BASES: bool>(pub(super) figure::Model);

impl<const WITH_BASES: bool> Read<WITH_BASES> {
    /// The columns of a row.
    pub(super) fn columns() -> impl Iterator<Item = figure::Column> {
        let bases = BASES.into_iter().filter(|_| WITH_BASES);
        FIGURE_KEY.into_iter().chain(PLAIN).chain(bases)
    }
}

impl<const WITH_BASES: bool> FromQueryResult for Read<WITH_BASES> {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        let number = |at: usize| row.try_get_by_index::<i64>(at);
        let base = |at: usize| {
            if WITH_BASES {
                number(FIGURE_KEY.len() + PLAIN.len() + at)
            } else {
                Ok(0)
            }
        };
        Ok(Self(figure::Model {
            metric_id: row.try_get_by_index(0)?,
            department_id: row.try_get_by_index(1)?,
            period: row.try_get_by_index(2)?,
            part: row.try_get_by_index(3)?,
            on_time: number(4)?,
            late: number(5)?,
            not_applicable: number(6)?,
            waiting: number(7)?,
            verified_amounts: number(8)?,
            verified_value_high: number(9)?,
            verified_value_low: number(10)?,
            verified_base_high: base(0)?,
            verified_base_low: base(1)?,
            verified_product_high: base(2)?,
            verified_product_low: base(3)?,
            provisional_amounts: number(11)?,
            provisional_value_high: number(12)?,
            provisional_value_low: number(13)?,
            provisional_base_high: base(4)?,
            provisional_base_low: base(5)?,
            provisional_product_high: base(6)?,
            provisional_product_low: base(7)?,
        }))
    }
}

/// The halves of the sums of one side.
struct Halves {
    amounts: i64,
    value: (i64, i64),
    base: (i64, i64),
    product: (i64, i64),
}

/// The row of sums of a metric at a spot.
pub(super) fn figure_row(
    (metric, spot): (MetricId, Spot),
    tally: &Tally,
) -> Result<figure::ActiveModel, StoreError> {
    let (verified, provisional) = (
        halves(metric, &tally.verified)?,
        halves(metric, &tally.provisional)?,
    );
    Ok(figure::ActiveModel {
        metric_id: Set(metric.0),
        department_id: Set(spot.unit.0),
        period: Set(spot.period.to_string()),
        part: Set(spot.part.name().to_owned()),
        on_time: Set(tally.on_time),
        late: Set(tally.late),
        not_applicable: Set(tally.not_applicable),
        waiting: Set(tally.waiting),
        verified_amounts: Set(verified.amounts),
        verified_value_high: Set(verified.value.0),
        verified_value_low: Set(verified.value.1),
        verified_base_high: Set(verified.base.0),
        verified_base_low: Set(verified.base.1),
        verified_product_high: Set(verified.product.0),
        verified_product_low: Set(verified.product.1),
        provisional_amounts: Set(provisional.amounts),
        provisional_value_high: Set(provisional.value.0),
        provisional_value_low: Set(provisional.value.1),
        provisional_base_high: Set(provisional.base.0),
        provisional_base_low: Set(provisional.base.1),
        provisional_product_high: Set(provisional.product.0),
        provisional_product_low: Set(provisional.product.1),
    })
}

/// The row of a thing of a metric at a spot.
pub(super) fn thing_row(
    (metric, spot): (MetricId, Spot),
    name: &Thing,
    namings: Namings,
) -> thing::ActiveModel {
    thing::ActiveModel {
        metric_id: Set(metric.0),
        department_id: Set(spot.unit.0),
        period: Set(spot.period.to_string()),
        part: Set(spot.part.name().to_owned()),
        thing: Set(name.as_str().to_owned()),
        verified: Set(namings.verified),
        provisional: Set(namings.provisional),
    }
}

/// What a row of sums says, and where.
pub(crate) fn to_tally(row: &figure::Model) -> Result<(MetricId, Spot, Tally), StoreError> {
    let spot = spot(
        FIGURES,
        (row.metric_id, row.department_id),
        (&row.period, &row.part),
    )?;
    Ok((
        MetricId(row.metric_id),
        spot,
        Tally {
            on_time: row.on_time,
            late: row.late,
            not_applicable: row.not_applicable,
            waiting: row.waiting,
            verified: Sums {
                amounts: row.verified_amounts,
                value: whole(row.verified_value_high, row.verified_value_low),
                base: whole(row.verified_base_high, row.verified_base_low),
                product: whole(row.verified_product_high, row.verified_product_low),
            },
            provisional: Sums {
                amounts: row.provisional_amounts,
                value: whole(row.provisional_value_high, row.provisional_value_low),
                base: whole(row.provisional_base_high, row.provisional_base_low),
                product: whole(row.provisional_product_high, row.provisional_product_low),
            },
        },
    ))
}

/// What a row of a thing says, and where.
pub(crate) fn to_namings(
    row: &thing::Model,
) -> Result<(MetricId, Spot, Thing, Namings), StoreError> {
    let spot = spot(
        THINGS,
        (row.metric_id, row.department_id),
        (&row.period, &row.part),
    )?;
    let name = Thing::try_new(&row.thing)
        .map_err(|_| corrupt(THINGS, "thing", row.metric_id, &row.thing))?;
    let namings = Namings {
        verified: row.verified,
        provisional: row.provisional,
    };
    Ok((MetricId(row.metric_id), spot, name, namings))
}

fn spot(
    table: &'static str,
    (metric, unit): (Uuid, Uuid),
    (period, part): (&str, &str),
) -> Result<Spot, StoreError> {
    Ok(Spot {
        unit: DepartmentId(unit),
        period: period
            .parse::<Period>()
            .map_err(|_| corrupt(table, "period", metric, period))?,
        part: Part::parse(part).ok_or_else(|| corrupt(table, "part", metric, part))?,
    })
}

fn halves(metric: MetricId, sums: &Sums) -> Result<Halves, StoreError> {
    let halves = |sum: i128| {
        let half =
            |part: i128| i64::try_from(part).map_err(|_| corrupt(FIGURES, "sum", metric.0, sum));
        Ok::<_, StoreError>((half(sum / LIMB)?, half(sum % LIMB)?))
    };
    Ok(Halves {
        amounts: sums.amounts,
        value: halves(sums.value)?,
        base: halves(sums.base)?,
        product: halves(sums.product)?,
    })
}

fn whole(high: i64, low: i64) -> i128 {
    i128::from(high) * LIMB + i128::from(low)
}
