//! The departments responsible for a task (责任分工): exactly one leads.

use crate::{
    error::Coded,
    ids::{AssignmentId, DepartmentId, TaskId},
    plan::draft::AssignmentRole,
};

/// A department with its role on a task, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Key.
    pub id: AssignmentId,
    /// The task.
    pub task: TaskId,
    /// The department.
    pub department: DepartmentId,
    /// Its role.
    pub role: AssignmentRole,
    /// The name that the document uses.
    pub name_in_text: String,
    /// Order of the text.
    pub position: i32,
}

/// Why departments cannot be responsible together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AssignmentError {
    /// Nobody leads.
    #[error("no department leads")]
    NoLead,
    /// One department twice.
    #[error("department {department} is named twice")]
    Twice {
        /// The one named twice.
        department: DepartmentId,
    },
}

impl Coded for AssignmentError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoLead => "ASSIGNMENT_NO_LEAD",
            Self::Twice { .. } => "ASSIGNMENT_TWICE",
        }
    }

    fn figures(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NoLead => Vec::new(),
            Self::Twice { department } => vec![("department", department.to_string())],
        }
    }
}

/// The departments responsible for a task.
///
/// Exactly one lead, no department twice; no constructor and no method can break that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignments {
    lead: DepartmentId,
    support: Vec<DepartmentId>,
}

impl Assignments {
    /// A lead alone.
    pub const fn led_by(lead: DepartmentId) -> Self {
        Self {
            lead,
            support: Vec::new(),
        }
    }

    /// Takes the departments in the order of the source text; the first leads.
    ///
    /// # Errors
    ///
    /// [`AssignmentError`] when the list is empty or names one twice.
    pub fn in_text_order(departments: &[DepartmentId]) -> Result<Self, AssignmentError> {
        let (&lead, support) = departments.split_first().ok_or(AssignmentError::NoLead)?;
        let mut this = Self::led_by(lead);
        for &department in support {
            this.add_support(department)?;
        }
        Ok(this)
    }

    /// Adds a supporting department.
    ///
    /// # Errors
    ///
    /// [`AssignmentError::Twice`] when it has a role already.
    pub fn add_support(&mut self, department: DepartmentId) -> Result<(), AssignmentError> {
        if department == self.lead || self.support.contains(&department) {
            return Err(AssignmentError::Twice { department });
        }
        self.support.push(department);
        Ok(())
    }

    /// Who leads.
    pub const fn lead(&self) -> DepartmentId {
        self.lead
    }

    /// Each department with its role, the lead first.
    pub fn iter(&self) -> impl Iterator<Item = (DepartmentId, AssignmentRole)> + '_ {
        std::iter::once((self.lead, AssignmentRole::Lead)).chain(
            self.support
                .iter()
                .map(|one| (*one, AssignmentRole::Support)),
        )
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn department(number: u128) -> DepartmentId {
        DepartmentId(Uuid::from_u128(number))
    }

    #[test]
    fn the_first_leads_and_nobody_stands_twice() {
        let both = Assignments::in_text_order(&[department(1), department(2)]).expect("two");
        assert_eq!(both.lead(), department(1));
        assert_eq!(both.iter().count(), 2);
        assert_eq!(
            Assignments::in_text_order(&[]),
            Err(AssignmentError::NoLead)
        );
        assert_eq!(
            Assignments::in_text_order(&[department(1), department(1)]),
            Err(AssignmentError::Twice {
                department: department(1)
            }),
        );
    }
}
