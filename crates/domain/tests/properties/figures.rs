//! Figures are exact.

use duban_domain::{
    metric::Target,
    quantity::{Comparator, FIGURE_SCALE, Figure, FigureError},
};
use proptest::prelude::*;

/// The largest figure, scaled.
const LARGEST: i64 = 900_000_000_000_000 * 10_000;

proptest! {
    #[test]
    fn what_is_stored_is_what_was_written(scaled in -LARGEST..=LARGEST) {
        let figure = Figure::from_scaled(scaled).expect("within the limits");
        prop_assert_eq!(figure.scaled(), scaled);
        let printed = figure.to_string();
        prop_assert_eq!(printed.parse::<Figure>(), Ok(figure));
        prop_assert!(!printed.contains('.') || !printed.ends_with(['0', '.']), "{}", printed);
        let json = serde_json::to_string(&figure).expect("a figure is JSON");
        prop_assert_eq!(&json, &format!("\"{printed}\""));
        prop_assert_eq!(serde_json::from_str::<Figure>(&json).ok(), Some(figure));
    }

    #[test]
    fn figures_compare_as_the_integers_they_are_stored_as(
        one in -LARGEST..=LARGEST,
        other in -LARGEST..=LARGEST,
    ) {
        let figure = |scaled| Figure::from_scaled(scaled).expect("within the limits");
        prop_assert_eq!(figure(one).cmp(&figure(other)), one.cmp(&other));
    }

    #[test]
    fn zeros_at_the_end_and_spaces_around_do_not_matter(
        scaled in -LARGEST..=LARGEST,
        zeros in 0_usize..4,
    ) {
        let figure = Figure::from_scaled(scaled).expect("within the limits");
        let point = if figure.to_string().contains('.') { "" } else { "." };
        let longer = format!(" {figure}{point}{}0 ", "0".repeat(zeros));
        prop_assert_eq!(longer.parse::<Figure>(), Ok(figure));
    }

    #[test]
    fn what_does_not_fit_is_refused_and_never_rounded(whole in 0_i64..1_000_000, tail in 1_u32..10) {
        let places = usize::try_from(FIGURE_SCALE).expect("few places");
        let text = format!("{whole}.{}{tail}", "0".repeat(places));
        prop_assert_eq!(text.parse::<Figure>(), Err(FigureError::TooPrecise { text: text.clone() }));
        prop_assert!(Figure::from_scaled(LARGEST + 1 + whole).is_err());
        let large = format!("{}", 900_000_000_000_001 + whole);
        let is_too_large = matches!(large.parse::<Figure>(), Err(FigureError::TooLarge { .. }));
        prop_assert!(is_too_large);
    }

    #[test]
    fn no_text_makes_the_reading_of_a_figure_panic(text in "\\PC{0,40}") {
        if let Ok(figure) = text.parse::<Figure>() {
            prop_assert_eq!(figure.to_string().parse::<Figure>(), Ok(figure));
        }
    }

    #[test]
    fn a_target_is_a_figure_of_nothing_or_more_with_a_unit(
        scaled in -LARGEST..=LARGEST,
        unit in "[场名个家%]{0,14}",
        comparator in 0..Comparator::ALL.len(),
    ) {
        let comparator = Comparator::ALL[comparator];
        let target = Target {
            comparator,
            value: Figure::from_scaled(scaled).expect("within the limits"),
            unit: unit.clone(),
            by: None,
            is_per_year: false,
            is_tentative: false,
        };
        let length = unit.chars().count();
        let has_unit = length > 0 || comparator == Comparator::Done;
        prop_assert_eq!(target.check().is_ok(), has_unit && length <= 12 && scaled >= 0);
        prop_assert_eq!(Comparator::parse(comparator.name()), Some(comparator));
    }
}
