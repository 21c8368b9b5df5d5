//! The GraphQL schema: what can be asked, what can be changed, and what each caller may.

mod account;
mod allocation;
mod audit;
mod change;
pub mod context;
mod department;
mod enums;
mod error;
pub mod guard;
pub(crate) mod id;
mod instance;
mod keys;
mod levels;
mod light;
pub mod limits;
mod loaders;
mod measurement;
mod metric;
mod mutation;
mod notice;
mod notification;
mod page;
mod plan;
pub mod policy;
mod query;
mod quick;
mod report;
pub mod scalars;
pub mod schema;
pub mod sheet;
pub mod subscription;
mod task;
pub mod typename;
mod user_error;

pub use schema::sdl;
