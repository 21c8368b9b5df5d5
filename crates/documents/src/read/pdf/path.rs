//! Drawn lines: the rules of tables.

use super::matrix::Matrix;

/// Points of one path, and rules of one page; more are not looked at.
const MAX_POINTS: usize = 20_000;
/// Filled shapes up to this width are rules, in points.
const THIN: f64 = 3.0;

/// A straight line along or across the page, from end to end.
pub(super) type Rule = ((f64, f64), (f64, f64));

/// The path that is being built, as shapes of points on the page.
#[derive(Debug, Default)]
pub(super) struct Path {
    shapes: Vec<Vec<(f64, f64)>>,
    points: usize,
}

impl Path {
    /// Handles an operator with its numbers, when it is one of paths.
    pub(super) fn operator(
        &mut self,
        word: &[u8],
        numbers: &[f64],
        place: &Matrix,
        rules: &mut Vec<Rule>,
    ) {
        match (word, numbers) {
            (b"l", [x, y]) => self.add(place.point(*x, *y)),
            // A curve is no rule, but the next line starts where it ends.
            (b"m" | b"c" | b"v" | b"y", [.., x, y]) => {
                self.shapes.push(Vec::new());
                self.add(place.point(*x, *y));
            }
            (b"re", [x, y, width, height]) => {
                self.shapes.push(Vec::new());
                for (dx, dy) in [(0.0, 0.0), (*width, 0.0), (*width, *height), (0.0, *height)] {
                    self.add(place.point(x + dx, y + dy));
                }
                self.close();
                self.shapes.push(Vec::new());
            }
            (b"h", _) => self.close(),
            (b"S", _) => self.paint(true, false, rules),
            (b"s", _) => {
                self.close();
                self.paint(true, false, rules);
            }
            (b"f" | b"F" | b"f*", _) => self.paint(false, true, rules),
            (b"B" | b"B*" | b"b" | b"b*", _) => {
                self.close();
                self.paint(true, true, rules);
            }
            (b"n", _) => self.paint(false, false, rules),
            _ => {}
        }
    }

    fn add(&mut self, point: (f64, f64)) {
        self.points += 1;
        let sound = point.0.abs() < 1e6 && point.1.abs() < 1e6;
        if self.points <= MAX_POINTS
            && sound
            && let Some(shape) = self.shapes.last_mut()
        {
            shape.push(point);
        }
    }

    fn close(&mut self) {
        if let Some(shape) = self.shapes.last_mut() {
            shape.extend(shape.first().copied());
        }
    }

    fn paint(&mut self, stroke: bool, fill: bool, rules: &mut Vec<Rule>) {
        for shape in std::mem::take(&mut self.shapes) {
            if rules.len() > MAX_POINTS {
                break;
            }
            if stroke {
                rules.extend(shape.iter().copied().zip(shape.iter().skip(1).copied()));
            }
            if fill {
                rules.extend(thin(&shape));
            }
        }
        self.points = 0;
    }
}

/// The middle of a shape that is as good as a line.
fn thin(shape: &[(f64, f64)]) -> Option<Rule> {
    let ends = |of: fn(&(f64, f64)) -> f64| {
        let low = shape.iter().map(of).fold(f64::INFINITY, f64::min);
        let high = shape.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        (low, high)
    };
    let ((left, right), (low, high)) = (ends(|point| point.0), ends(|point| point.1));
    let (width, height) = (right - left, high - low);
    if shape.len() < 2 || width.min(height) > THIN || width.max(height) <= THIN {
        return None;
    }
    let (x, y) = (f64::midpoint(left, right), f64::midpoint(low, high));
    Some(if width > height {
        ((left, y), (right, y))
    } else {
        ((x, low), (x, high))
    })
}
