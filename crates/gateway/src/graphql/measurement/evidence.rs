//! Files under measurements (佐证材料) as the API shows them.

use async_graphql::{Description, ID, Object};
use duban_domain::measurement as domain;

use crate::graphql::{
    account::Person,
    id::{Kind, global},
    scalars::DateTime,
};

/// A file that shows a figure (佐证材料); what it holds is at `/files/` and its id.
#[derive(Debug, Clone, Description)]
pub struct Evidence(pub domain::Evidence);

#[Object(use_type_description)]
impl Evidence {
    /// Global id; `GET /files/{id}` sends the file.
    pub async fn id(&self) -> ID {
        global(Kind::Evidence, self.0.id.0)
    }

    /// Its name, a label only.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Bytes.
    async fn size(&self) -> i32 {
        i32::try_from(self.0.size).unwrap_or(i32::MAX)
    }

    /// What it is, by its content.
    async fn media_type(&self) -> &str {
        self.0.kind.media_type()
    }

    /// SHA-256 of its content in hexadecimal digits; the audit trail says it too.
    async fn sha256(&self) -> &str {
        &self.0.sha256
    }

    /// Who uploaded it.
    async fn uploaded_by(&self) -> Person {
        Person(self.0.uploaded_by)
    }

    /// When it was kept under the measurement.
    async fn uploaded_at(&self) -> DateTime {
        DateTime(self.0.uploaded_at)
    }
}
