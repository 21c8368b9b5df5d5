//! Lines of a source text, as an editor counts them.

/// Where lines begin, in characters.
pub struct LineIndex(Vec<usize>);

impl LineIndex {
    /// The lines of a text.
    pub fn of(text: &str) -> Self {
        let breaks = text
            .chars()
            .zip(1..)
            .filter(|(one, _)| *one == '\n')
            .map(|(_, at)| at);
        Self(std::iter::once(0).chain(breaks).collect())
    }

    /// The line of a character, from 1.
    pub fn line(&self, at: usize) -> usize {
        self.0.partition_point(|start| *start <= at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_from_one_in_characters() {
        let lines = LineIndex::of("一行\n二行\n");
        assert_eq!(
            [lines.line(0), lines.line(2), lines.line(3), lines.line(6)],
            [1, 1, 2, 3]
        );
    }
}
