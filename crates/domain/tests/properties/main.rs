//! Rules of the domain that hold for every input.

mod access;
mod allocations;
mod assignments;
mod calendar;
mod codes;
mod documents;
mod figures;
mod forecasts;
mod issue;
mod light;
mod load;
mod measurements;
mod notices;
mod reminders;
mod reports;
mod rollups;
mod settling;
mod windows;
