//! Tables of tasks as tasks of their plan, or as a plan of their own.

use duban_domain::plan::draft::{DraftPlan, DraftPlanKind};

use super::{
    super::{
        outline::{Node, Role},
        paragraphs::Block,
        segments::{Segment, Use},
        table_tasks::{self, Above},
    },
    Builder,
};

/// How many rows of tasks each block has.
pub(super) fn task_rows(blocks: &[Block], uses: &[Use]) -> Vec<usize> {
    let rows = blocks
        .iter()
        .zip(uses)
        .map(|(block, one)| match (block, one) {
            (Block::Table(grid), Use::Body) => table_tasks::count(grid),
            _ => 0,
        });
    rows.collect()
}

impl Builder<'_> {
    /// Reads the tables of a part: into the plan where they stand under its chapters or are all
    /// that it has, else as a plan of their own, which is given back.
    pub(super) fn tables(
        &mut self,
        part: &Segment,
        nodes: &[Node],
        keys: &[Option<String>],
        plan: &mut DraftPlan,
    ) -> Option<DraftPlan> {
        let index = self.plans.len();
        let only_tables = plan.tasks.is_empty();
        let own_index = index + usize::from(!only_tables);
        let mut own = DraftPlan {
            title: plan.title.clone(),
            kind: DraftPlanKind::Table,
            sections: Vec::new(),
            tasks: Vec::new(),
            metrics: Vec::new(),
        };
        for at in part.blocks.clone() {
            let Some(Block::Table(grid)) = self.blocks.get(at) else {
                continue;
            };
            let section = chapter_of(nodes, keys, at);
            let into_plan = only_tables || section.is_some();
            let (target, target_index) = if into_plan {
                (&mut *plan, index)
            } else {
                (&mut own, own_index)
            };
            let above = Above {
                section,
                last_number: target.tasks.last().map_or(0, |task| task.number),
                used: target.sections.iter().map(|one| one.key.clone()).collect(),
            };
            let read = table_tasks::read(grid, above, &self.paper, &mut self.warnings);
            let Some(found) = read else {
                continue;
            };
            if let Some(slot) = self.places.get_mut(at) {
                slot.plan = Some(target_index);
                let shift = target.tasks.len();
                slot.rows = found
                    .rows
                    .into_iter()
                    .map(|(task, section)| (task.map(|task| task + shift), section))
                    .collect();
            }
            target.sections.extend(found.sections);
            target.tasks.extend(found.tasks);
        }
        if only_tables && !plan.tasks.is_empty() {
            plan.kind = DraftPlanKind::Table;
        }
        plan.sections.sort_by_key(|section| section.span.start);
        (!own.tasks.is_empty()).then_some(own)
    }
}

/// The key of the chapter whose own text a block belongs to.
fn chapter_of(nodes: &[Node], keys: &[Option<String>], block: usize) -> Option<String> {
    let after = nodes.partition_point(|node| node.block < block);
    let at = after.checked_sub(1)?;
    let node = nodes.get(at).filter(|node| node.role == Role::Section)?;
    if node.own.contains(&block) {
        keys.get(at).cloned().flatten()
    } else {
        None
    }
}
