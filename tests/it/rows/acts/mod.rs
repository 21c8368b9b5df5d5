//! Every mutation and every read by id or code, as asked of one thing; each act breaks off after the
//! decision on the right, by an old version or a past day, so that it may be tried again and again.

mod drafts;
mod reads;
mod tasks;

use serde_json::{Value, json};

use super::{
    promise::Thing::{
        self, Account, CityReport, Department, Draft, Everywhere, Issued, Item, Place, Private,
        Sheet, Taken,
    },
    target::Target,
    world::World,
};

/// How an operation is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `query($id: ID!) { name(id: $id) { … } }`.
    Read,
    /// `node(id:)`, for this type.
    Node,
    /// A mutation.
    Act,
    /// A mutation that answers row by row.
    Rows,
}

/// One row of the matrix.
pub struct Asked {
    pub name: &'static str,
    pub kind: Kind,
    pub thing: Thing,
    /// Whether the part that the caller takes in a task matters.
    pub has_parts: bool,
    pub input: fn(&World, &Target) -> Value,
}

impl Asked {
    pub fn coordinate(&self) -> String {
        match self.kind {
            Kind::Read => format!("Query.{}", self.name),
            Kind::Node => format!("{}.id", self.name),
            Kind::Act | Kind::Rows => format!("Mutation.{}", self.name),
        }
    }

    pub fn operation(&self) -> String {
        let name = self.name;
        match self.kind {
            Kind::Read if name == "reportSheet" => {
                "query($id: ID!) { reportSheet(department: $id) { __typename } }".to_owned()
            }
            Kind::Read if name == "contributions" => {
                "query($id: ID!) { contributions(metric: $id) { __typename } }".to_owned()
            }
            Kind::Read if name == "taskMatrix" => {
                "query($id: ID!) { taskMatrix(plan: $id) { __typename } }".to_owned()
            }
            Kind::Read if name == "metricRollup" => {
                "query($id: ID!) { metricRollup(metric: $id) { __typename } }".to_owned()
            }
            Kind::Read => format!("query($id: ID!) {{ {name}(id: $id) {{ __typename }} }}"),
            Kind::Node => {
                format!("query($id: ID!) {{ node(id: $id) {{ ... on {name} {{ id }} }} }}")
            }
            Kind::Act | Kind::Rows => {
                let (first, rest) = name.split_at(1);
                let input = format!("{}{rest}Input", first.to_uppercase());
                let rows = match self.kind {
                    Kind::Rows => "rows { userErrors { code } }",
                    _ => "",
                };
                format!(
                    "mutation($input: {input}!) {{
                       {name}(input: $input) {{ {rows} userErrors {{ code }} }} }}"
                )
            }
        }
    }
}

const fn of(
    kind: Kind,
    (name, thing): (&'static str, Thing),
    input: fn(&World, &Target) -> Value,
) -> Asked {
    Asked {
        name,
        kind,
        thing,
        has_parts: !matches!(
            thing,
            Draft
                | Account
                | Private(_)
                | Department
                | Place
                | Sheet
                | Taken
                | Everywhere
                | CityReport
        ),
        input,
    }
}

/// An input that names the task with a version that nobody has read, and more.
fn task(target: &Target, more: Value) -> Value {
    with(
        json!({ "taskId": target.task, "expectedVersion": 999 }),
        more,
    )
}

fn with(mut input: Value, more: Value) -> Value {
    if let (Some(input), Value::Object(more)) = (input.as_object_mut(), more) {
        input.extend(more);
    }
    input
}

fn milestone(target: &Target, more: Value) -> Value {
    let id = target.id("milestone");
    with(json!({ "milestoneId": id, "expectedVersion": 999 }), more)
}

fn notice(target: &Target, more: Value) -> Value {
    let id = target.id("notice");
    with(json!({ "noticeId": id, "expectedVersion": 999 }), more)
}

fn plan(target: &Target) -> Value {
    json!({ "planId": target.id("plan"), "expectedVersion": 999 })
}

fn id(text: &str) -> Value {
    json!({ "id": text })
}

/// Every row.
pub fn all() -> Vec<Asked> {
    let mut asked = reads::reads();
    asked.extend(drafts::drafting(Draft));
    asked.extend(drafts::drafting(Issued));
    asked.extend(tasks::handling(Issued));
    asked.extend(tasks::handling(Item));
    asked.extend(tasks::settling());
    asked.extend(tasks::reporting());
    asked.extend(tasks::measuring());
    asked.extend(drafts::managing());
    asked.extend(drafts::webhooks());
    asked.extend(drafts::keeping());
    asked.sort_by_key(|one| (one.coordinate(), format!("{:?}", one.thing)));
    asked
}

/// Mutations without a row: they name nothing that anybody else could have, or nothing at all; their
/// own tests look at them.
pub const WITHOUT_ROW: [&str; 18] = [
    "acceptInvitation",
    "changePassword",
    "confirmSecondFactor",
    "confirmSignInEnrolment",
    "createCalendarFeed",
    "endOtherSessions",
    "importPlan",
    "markNotificationsRead",
    "reauthenticate",
    "refreshSession",
    "removeSecondFactor",
    "renewRecoveryCodes",
    "signIn",
    "signInSecondFactor",
    "signOut",
    "startSecondFactor",
    "startSignInEnrolment",
    "updateNotificationSettings",
];
