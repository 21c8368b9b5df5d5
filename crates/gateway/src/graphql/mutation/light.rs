//! Rules of lights, and an officer's word over one.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use duban_app::{
    change::ChangeError,
    lights::{end_light_override, override_light, update_light_rules},
};
use duban_domain::{ids::TaskId, light::OverrideTerms, text::Reason};
use duban_persistence::light_rules;

use super::refused;
use crate::graphql::{
    context::{call, request},
    error::Fault,
    light::{
        LightColour, Pace,
        rules::{LightRuleInput, LightRules, thresholds},
    },
    scalars::Date,
    task::Task,
    user_error::UserError,
};

/// Mutations of lights.
#[derive(Default)]
pub struct LightMutation;

/// Rules to stand from now on.
#[derive(InputObject)]
pub struct UpdateLightRulesInput {
    /// The version that the caller has read; 0 for the rules that the product came with.
    expected_version: i32,
    /// The numbers that are to be otherwise.
    rules: Vec<LightRuleInput>,
    /// The curve that the pace follows; left out, the one that stands.
    pace: Option<Pace>,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The rules after a change.
#[derive(SimpleObject)]
pub struct UpdateLightRulesPayload {
    /// The rules that stand now.
    light_rules: Option<LightRules>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// Which light is shown instead of the computed one.
#[derive(InputObject)]
pub struct OverrideLightInput {
    /// The task, by id or code.
    task_id: ID,
    /// Red, yellow or green.
    colour: LightColour,
    /// Why.
    reason: String,
    /// Last day on which it stands, at most 92 days from today.
    until: Date,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The task whose light is overridden.
#[derive(SimpleObject)]
pub struct OverrideLightPayload {
    /// The task as it stands now.
    task: Option<Task>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// Of which task the override ends.
#[derive(InputObject)]
pub struct EndLightOverrideInput {
    /// The task, by id or code.
    task_id: ID,
    /// The caller's key for this very request.
    idempotency_key: Option<String>,
}

/// The task that shows its computed light again.
#[derive(SimpleObject)]
pub struct EndLightOverridePayload {
    /// The task as it stands now.
    task: Option<Task>,
    /// What the user can mend; nothing was stored then.
    user_errors: Vec<UserError>,
}

/// The task after the change, or what to mend.
async fn answer(
    ctx: &Context<'_>,
    tried: Result<TaskId, ChangeError>,
) -> Result<(Option<Task>, Vec<UserError>), Fault> {
    let request = request(ctx);
    Ok(match refused!(request.language, "taskId", tried) {
        Ok(id) => (request.task_now(id).await?, Vec::new()),
        Err(error) => (None, vec![error]),
    })
}

#[Object]
impl LightMutation {
    /// Changes the rules that all lights follow from now on.
    async fn update_light_rules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rules.")] input: UpdateLightRulesInput,
    ) -> Result<UpdateLightRulesPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let standing = light_rules::current(request.app.store().read()).await?;
        let wanted = thresholds(&standing, &input.rules, input.pace);
        let tried = update_light_rules(&request.app, &call, input.expected_version, wanted).await;
        Ok(match refused!(request.language, "rules", tried) {
            Ok(_) => {
                let stored = light_rules::current(request.app.store().read()).await?;
                UpdateLightRulesPayload {
                    light_rules: Some(LightRules(stored)),
                    user_errors: Vec::new(),
                }
            }
            Err(error) => UpdateLightRulesPayload {
                light_rules: None,
                user_errors: vec![error],
            },
        })
    }

    /// Shows another light for a task until a day (人工调整); the computed one stays beside it.
    async fn override_light(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The task, the light, why and until when.")] input: OverrideLightInput,
    ) -> Result<OverrideLightPayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let reason =
            Reason::try_new(&input.reason).map_err(|error| ChangeError::invalid("reason", &error));
        let tried = match (request.task_key(&input.task_id).await?, reason) {
            (None, _) => Err(ChangeError::NotFound),
            (_, Err(error)) => Err(error),
            (Some(task), Ok(reason)) => {
                let terms = OverrideTerms {
                    colour: input.colour.into(),
                    reason,
                    until: input.until.0,
                };
                override_light(&request.app, &call, task, terms).await
            }
        };
        let (task, user_errors) = answer(ctx, tried).await?;
        Ok(OverrideLightPayload { task, user_errors })
    }

    /// Lets the computed light of a task be shown again.
    async fn end_light_override(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The task.")] input: EndLightOverrideInput,
    ) -> Result<EndLightOverridePayload, Fault> {
        let request = request(ctx);
        let call = call(ctx, input.idempotency_key)?;
        let tried = match request.task_key(&input.task_id).await? {
            None => Err(ChangeError::NotFound),
            Some(task) => end_light_override(&request.app, &call, task).await,
        };
        let (task, user_errors) = answer(ctx, tried).await?;
        Ok(EndLightOverridePayload { task, user_errors })
    }
}
