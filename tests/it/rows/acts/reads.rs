//! Reads by id or code.

use super::{Asked, Kind, id, of};
use crate::rows::{
    promise::Thing::{
        Account, CityReport, Department, Draft, Issued, Item, Notice, Report, Sheet, Taken,
    },
    world::OWNER,
};

pub fn reads() -> Vec<Asked> {
    use Kind::{Node, Read};
    let mut asked = Vec::new();
    for thing in [Draft, Issued, Item] {
        asked.push(of(Read, ("task", thing), |_, target| id(&target.task)));
        asked.push(of(Node, ("Task", thing), |_, target| id(target.id("task"))));
        asked.push(of(Node, ("Assignment", thing), |_, target| {
            id(target.id("assignment"))
        }));
    }
    asked.extend(of_plans());
    asked.extend([
        of(
            Read,
            ("notice", Notice),
            |_, target| id(target.id("notice")),
        ),
        of(Node, ("SupervisionNotice", Notice), |_, target| {
            id(target.id("notice"))
        }),
        of(Node, ("ProgressReport", Report), |_, target| {
            id(target.id("report"))
        }),
        of(Node, ("ProgressReport", CityReport), |world, _| {
            id(world.city_report())
        }),
        of(Read, ("reportSheet", Sheet), |_, _| id(OWNER)),
        of(Node, ("MeasurementSheet", Taken), |world, _| {
            id(&world.city["sheet"])
        }),
        of(Read, ("measurementSheet", Taken), |world, _| {
            id(&world.city["sheet"])
        }),
        of(Read, ("account", Account), |world, _| {
            id(&world.city["account"])
        }),
        of(Read, ("webhook", Account), |world, _| {
            id(&world.city["webhook"])
        }),
        of(Node, ("Account", Account), |world, _| {
            id(&world.city["account"])
        }),
        of(Read, ("department", Department), |_, _| id(OWNER)),
        of(Node, ("Department", Department), |world, _| {
            id(&world.city["department"])
        }),
    ]);
    asked
}

/// What belongs to a plan.
fn of_plans() -> Vec<Asked> {
    use Kind::{Node, Read};
    let mut asked = Vec::new();
    for thing in [Draft, Issued] {
        asked.push(of(Read, ("plan", thing), |_, target| id(&target.task[..4])));
        asked.push(of(Read, ("metric", thing), |_, target| {
            id(&format!("{}-M1", target.task))
        }));
        asked.push(of(Read, ("metricRollup", thing), |_, target| {
            id(&format!("{}-M1", target.task))
        }));
        asked.push(of(Read, ("contributions", thing), |_, target| {
            id(&format!("{}-M1", target.task))
        }));
        asked.push(of(Read, ("taskMatrix", thing), |_, target| {
            id(&target.task[..4])
        }));
        asked.push(of(Node, ("Plan", thing), |_, target| id(target.id("plan"))));
        asked.push(of(Node, ("Section", thing), |_, target| {
            id(target.id("section"))
        }));
        asked.push(of(Node, ("Clause", thing), |_, target| {
            id(target.id("clause"))
        }));
        asked.push(of(Node, ("Metric", thing), |_, target| {
            id(target.id("metric"))
        }));
        asked.push(of(Node, ("Milestone", thing), |_, target| {
            id(target.id("milestone"))
        }));
    }
    asked
}
