//! Documents to be brought in: plans in official form of a body that does not exist.

use std::fmt;

/// A work plan, point by point.
#[derive(Debug, Clone)]
pub struct PlanText {
    year: i32,
    chapters: Vec<(String, Vec<Point>)>,
}

#[derive(Debug, Clone)]
struct Point {
    title: String,
    text: String,
    departments: String,
}

const ORDINALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

impl PlanText {
    /// A plan for a year without anything in it.
    pub const fn new(year: i32) -> Self {
        Self {
            year,
            chapters: Vec::new(),
        }
    }

    /// A plan of so many points, a metric in each, spread over five chapters; any two plans of
    /// different years differ.
    pub fn of_points(year: i32, points: usize) -> Self {
        const DEPARTMENTS: [&str; 4] = [
            "学会学术部、组织人事部",
            "科学技术普及部",
            "组织人事部、办公室、学会学术部",
            "调研宣传部、科学技术普及部",
        ];
        let mut plan = Self::new(year);
        for (chapter, ordinal) in ORDINALS.iter().enumerate().take(5) {
            plan = plan.chapter(&format!("推进第{ordinal}方面工作"));
            let of_chapter = (1..=points).filter(|number| number % 5 == chapter);
            for number in of_chapter {
                let count = number * 3;
                plan = plan.point(
                    &format!("做好第{number}项服务"),
                    &format!("全年举办交流活动{count}场以上。总结经验做法，形成工作报告。"),
                    DEPARTMENTS[number % DEPARTMENTS.len()],
                );
            }
        }
        plan
    }

    /// Begins a chapter.
    #[must_use]
    pub fn chapter(mut self, title: &str) -> Self {
        self.chapters.push((title.to_owned(), Vec::new()));
        self
    }

    /// Adds a point to the last chapter; the first department leads.
    #[must_use]
    pub fn point(mut self, title: &str, text: &str, departments: &str) -> Self {
        let (_, points) = self.chapters.last_mut().expect("a chapter");
        points.push(Point {
            title: title.to_owned(),
            text: text.to_owned(),
            departments: departments.to_owned(),
        });
        self
    }
}

impl fmt::Display for PlanText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year;
        writeln!(formatter, "# 云岭县科学技术协会{year}年工作要点\n")?;
        writeln!(formatter, "{year}年，云岭县科协按下列要点安排工作。\n")?;
        let mut number = 0;
        for ((title, points), ordinal) in self.chapters.iter().zip(ORDINALS) {
            writeln!(formatter, "## {ordinal}、{title}\n")?;
            for point in points {
                number += 1;
                let Point {
                    title,
                    text,
                    departments,
                } = point;
                writeln!(
                    formatter,
                    "{number}. {title}。{text}（责任部门：{departments}）\n"
                )?;
            }
        }
        Ok(())
    }
}
