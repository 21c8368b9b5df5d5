//! The door for what is no operation: a place to run in and points to pay with, as operations need them.

use std::net::IpAddr;

use duban_domain::access::Principal;

use super::{
    GatewayState,
    fault::Fault,
    overload::{Priority, Slot},
    prepared::throttled,
    purse::{Flat, Payer, Spending},
    usage,
};

/// A place among what runs.
///
/// # Errors
///
/// [`Fault::Overloaded`] when there is none in time.
pub async fn enter(state: &GatewayState, priority: Priority) -> Result<Slot, Fault> {
    let entered = state.gate.enter(priority).await;
    entered.map_err(Fault::Overloaded)
}

/// Points for what a caller asks; they are spent.
///
/// # Errors
///
/// [`Fault::Throttled`] when they are not there, or too much is under way.
pub async fn pay(
    state: &GatewayState,
    (who, address): (&Principal, IpAddr),
    what: Flat,
) -> Result<Spending, Fault> {
    let payer = Payer::of(Some(who), address);
    let spending = state.treasury.pay_flat(payer, what).await;
    let spending = spending.map_err(throttled)?;
    usage::paid(what.points());
    Ok(spending)
}
