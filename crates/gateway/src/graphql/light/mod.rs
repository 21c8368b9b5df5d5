//! Lights (红黄绿灯) as the API shows them: the colour, why, and what would turn it green.

mod enums;
pub mod rules;

use async_graphql::{Context, Description, Object, SimpleObject};
use duban_app::lights::{self, TaskLight};
use duban_domain::light as domain;

pub use enums::{LightColour, LightThreshold, Pace};

use super::{
    account::Person,
    context::request,
    scalars::{Date, DateTime},
    user_error::{NamedFigure, named},
};
use crate::{http::client::Language, wording};

/// The light of a task: computed when it is asked for, never stored.
#[derive(Debug, Clone, Description)]
pub struct Light(pub TaskLight);

/// One cause of a light.
#[derive(SimpleObject, Debug, Clone)]
pub struct LightReason {
    /// The stable code.
    code: &'static str,
    /// What this cause alone would show.
    colour: LightColour,
    /// A sentence in the caller's language.
    message: String,
    /// The figures of the sentence.
    figures: Vec<NamedFigure>,
}

/// One thing that has to be done before a light is green.
#[derive(SimpleObject, Debug, Clone)]
pub struct LightRemedy {
    /// The stable code.
    code: &'static str,
    /// A sentence in the caller's language.
    message: String,
    /// The figures of the sentence.
    figures: Vec<NamedFigure>,
}

/// What an officer has said over a computed light (人工调整).
#[derive(Debug, Clone, Description)]
pub struct LightOverride(pub domain::LightOverride);

/// Tasks that show one colour.
#[derive(SimpleObject, Debug, Clone)]
pub struct LightCount {
    /// The colour.
    colour: LightColour,
    /// How many tasks.
    count: i32,
}

/// Lights counted by colour, red first; colours that none shows are left out.
pub fn counts<'a>(lights: impl IntoIterator<Item = &'a TaskLight>) -> Vec<LightCount> {
    counted(lights::counts(lights))
}

fn counted(counts: Vec<(domain::Colour, usize)>) -> Vec<LightCount> {
    let count = |(colour, count): (domain::Colour, usize)| LightCount {
        colour: colour.into(),
        count: i32::try_from(count).unwrap_or(i32::MAX),
    };
    counts.into_iter().map(count).collect()
}

fn reason(language: Language, of: &domain::LightReason) -> LightReason {
    let (code, figures) = (of.cause.code(), of.cause.figures());
    LightReason {
        code,
        colour: of.colour.into(),
        message: wording::sentence(language, code, &figures),
        figures: named(&figures),
    }
}

fn remedy(language: Language, of: &domain::Remedy) -> LightRemedy {
    let (code, figures) = (of.code(), of.figures());
    LightRemedy {
        code,
        message: wording::sentence(language, code, &figures),
        figures: named(&figures),
    }
}

#[Object(use_type_description)]
impl Light {
    /// What is shown: the override while one stands, what was computed otherwise.
    async fn colour(&self) -> LightColour {
        self.0.shown.into()
    }

    /// What was computed, whatever an officer has said over it.
    async fn computed(&self) -> LightColour {
        self.0.light.colour.into()
    }

    /// Why it was computed so, the gravest first.
    async fn reasons(&self, ctx: &Context<'_>) -> Vec<LightReason> {
        let language = request(ctx).language;
        let reasons = self.0.light.reasons.iter();
        reasons.map(|one| reason(language, one)).collect()
    }

    /// What would turn it green, all of it together; empty where it is green or the task is over.
    async fn turns_green(&self, ctx: &Context<'_>) -> Vec<LightRemedy> {
        let language = request(ctx).language;
        let remedies = self.0.light.turns_green.iter();
        remedies.map(|one| remedy(language, one)).collect()
    }

    /// The override that stands today.
    #[graphql(name = "override")]
    async fn overriding(&self) -> Option<LightOverride> {
        self.0.overriding.clone().map(LightOverride)
    }

    /// How much of its time has passed, in percent (序时进度), where it has a beginning and an end.
    async fn pace(&self) -> Option<i32> {
        self.0.light.pace.map(|percent| percent.0.into())
    }
}

#[Object(use_type_description)]
impl LightOverride {
    /// What is shown.
    async fn colour(&self) -> LightColour {
        self.0.colour.into()
    }

    /// Why.
    async fn reason(&self) -> &str {
        self.0.reason.as_str()
    }

    /// Last day on which it stands.
    async fn until(&self) -> Date {
        Date(self.0.until)
    }

    /// Who said so.
    async fn by(&self) -> Person {
        Person(self.0.by.account)
    }

    /// For whom, under a delegation.
    async fn on_behalf_of(&self) -> Option<Person> {
        self.0.by.acting_for.map(Person)
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}
