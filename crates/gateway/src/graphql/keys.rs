//! Keys of many objects given by ids or codes: the codes are looked up together.

use std::collections::HashMap;

use async_graphql::ID;
use duban_domain::ids::{DepartmentId, MetricId};
use duban_persistence::codes;
use uuid::Uuid;

use super::{
    context::RequestContext,
    error::Fault,
    id::{Kind, Named, named},
    loaders::Recall,
};

/// What the codes among some ids stand for.
pub struct Keys<T> {
    kind: Kind,
    of: fn(Uuid) -> T,
    known: HashMap<String, T>,
}

impl<T: Copy> Keys<T> {
    /// The key that an id or code stands for; none for an unknown code. A key is not looked up.
    pub fn get(&self, id: &ID) -> Option<T> {
        match named(self.kind, id) {
            Named::Key(key) => Some((self.of)(key)),
            Named::Code(code) => self.known.get(&code).copied(),
        }
    }
}

/// The codes among some ids, each once.
fn codes_among<'a>(kind: Kind, ids: impl Iterator<Item = &'a ID>) -> Vec<String> {
    let codes = ids.filter_map(|id| match named(kind, id) {
        Named::Code(code) => Some(code),
        Named::Key(_) => None,
    });
    let mut codes: Vec<String> = codes.collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

impl RequestContext {
    /// What the ids and codes of departments stand for, with one statement at most.
    ///
    /// # Errors
    ///
    /// [`Fault::Internal`] when the store fails.
    pub async fn department_keys(
        &self,
        ids: impl Iterator<Item = &ID>,
    ) -> Result<Keys<DepartmentId>, Fault> {
        let kind = Kind::Department;
        let codes = codes_among(kind, ids);
        let known = match codes.as_slice() {
            [] => HashMap::new(),
            codes => {
                let found = || codes::departments(self.app.store().read(), codes);
                let asked = Recall::DepartmentKeys(codes.to_vec());
                self.loaders().recalled(asked, found).await?
            }
        };
        let of = DepartmentId;
        Ok(Keys { kind, of, known })
    }

    /// What the ids and codes of metrics in scope stand for, with one statement at most.
    ///
    /// # Errors
    ///
    /// [`Fault::Internal`] when the store fails.
    pub async fn metric_keys(
        &self,
        ids: impl Iterator<Item = &ID>,
    ) -> Result<Keys<MetricId>, Fault> {
        let kind = Kind::Metric;
        let codes = codes_among(kind, ids);
        let known = match codes.as_slice() {
            [] => HashMap::new(),
            codes => {
                let found = || codes::metrics(self.app.store().read(), &self.scope, codes);
                let asked = Recall::MetricKeys(codes.to_vec());
                self.loaders().recalled(asked, found).await?
            }
        };
        let of = MetricId;
        Ok(Keys { kind, of, known })
    }
}
