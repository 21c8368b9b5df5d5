//! Places on a page (ISO 32000-1, 8.3.4).

/// An affine transformation of rows: `[x y 1] × matrix`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix([f64; 6]);

impl Matrix {
    /// Leaves everything in its place.
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// From up to six numbers; missing ones are those of the identity.
    pub(super) fn from_numbers(numbers: impl Iterator<Item = f64>) -> Self {
        let mut matrix = Self::IDENTITY;
        for (into, number) in matrix.0.iter_mut().zip(numbers) {
            *into = number;
        }
        matrix
    }

    /// Moves by a distance.
    pub(super) fn translation(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This transformation, then the next.
    pub(super) fn then(&self, next: &Self) -> Self {
        let right = next.direction(self.0[0], self.0[1]);
        let up = next.direction(self.0[2], self.0[3]);
        let origin = next.point(self.0[4], self.0[5]);
        Self([right.0, right.1, up.0, up.1, origin.0, origin.1])
    }

    /// Where a point goes.
    pub(super) fn point(&self, x: f64, y: f64) -> (f64, f64) {
        let (dx, dy) = self.direction(x, y);
        (dx + self.0[4], dy + self.0[5])
    }

    /// Where a distance goes.
    pub(super) fn direction(&self, x: f64, y: f64) -> (f64, f64) {
        let [right_x, right_y, up_x, up_y, _, _] = self.0;
        (x * right_x + y * up_x, x * right_y + y * up_y)
    }
}
