//! Relay cursor connections over keyset pages.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    Context, Description, Object, SimpleObject, TypeName, connection::PageInfo,
    parser::types::Field,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use duban_persistence::page::{KeyValue, Page, Total, Window};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    error::Fault,
    quick::Fragments,
    ready::{Each, Part, Ready, Script, Word, Written},
};

/// Rows of a page when the caller does not say.
pub const DEFAULT_PAGE: u64 = 50;
/// Most rows of a page.
pub const LARGEST_PAGE: u64 = 200;
/// Most sentences of a page: one stands for a line of a text, not for an object of work.
pub const LARGEST_CLAUSE_PAGE: u64 = 1_000;

/// How many rows a list has.
#[derive(SimpleObject, Debug, Clone, Copy)]
pub struct Totals {
    /// Number of all rows, exact up to 25,000.
    total_count: i32,
    /// Whether there are no more rows than totalCount says.
    is_total_exact: bool,
}

/// A page of a list, each row with its cursor (Relay Cursor Connections).
#[derive(Description)]
pub struct Conn<T: Ready> {
    edges: Vec<Edge<T>>,
    has_previous: bool,
    has_next: bool,
    totals: Totals,
}

/// A row of a page with its place in the list.
#[derive(Description)]
pub struct Edge<T: Ready> {
    place: Place,
    node: T,
}

/// Where a row stands. Only who asks for its cursor has it worked out.
struct Place {
    list: Arc<str>,
    keys: Keys,
}

/// By what a row is found again.
enum Keys {
    /// By what its list is ordered by.
    Values(Vec<KeyValue>),
    /// By its number in a list that is held whole.
    Index(i64),
}

impl Place {
    fn cursor(&self) -> String {
        match &self.keys {
            Keys::Values(keys) => cursor(&self.list, keys),
            Keys::Index(index) => cursor(&self.list, &[KeyValue::Int(*index)]),
        }
    }
}

impl<T: Ready> TypeName for Conn<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::type_name()).into()
    }
}

impl<T: Ready> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::type_name()).into()
    }
}

#[Object(name_type, use_type_description)]
impl<T: Ready> Conn<T> {
    /// The rows of the page, in order.
    async fn edges(&self) -> Each<&Edge<T>> {
        Each(self.edges.iter().collect())
    }

    /// Whether there is more on either side, and from where to go on.
    async fn page_info(&self) -> PageInfo {
        let cursor = |edge: Option<&Edge<T>>| edge.map(|edge| edge.place.cursor());
        PageInfo {
            has_previous_page: self.has_previous,
            has_next_page: self.has_next,
            start_cursor: cursor(self.edges.first()),
            end_cursor: cursor(self.edges.last()),
        }
    }

    #[graphql(flatten)]
    fn totals(&self) -> Totals {
        self.totals
    }
}

#[Object(name_type, use_type_description)]
impl<T: Ready> Edge<T> {
    /// The row's place in the list, for `after` and `before`.
    fn cursor(&self) -> String {
        self.place.cursor()
    }

    /// The row.
    fn node(&self) -> Written<&T> {
        Written(&self.node)
    }
}

impl<T: Ready> Ready for Edge<T> {
    fn part<'a>(field: &'a Field, fragments: Fragments<'a>) -> Option<Part<'a, Self>> {
        match field.name.node.as_str() {
            "cursor" => Some(Part::Word(|edge, ctx, out| edge.cursor(ctx).write(out))),
            "node" => {
                let script = Script::<T>::of(&field.selection_set.node, fragments)?;
                Some(Part::Object(Box::new(move |edge: &Self, ctx, out| {
                    script.write(&edge.node, ctx, out);
                })))
            }
            _ => None,
        }
    }
}

/// The four arguments of a connection.
#[derive(Debug, Clone, Default)]
pub struct Args {
    /// Rows from the start.
    pub first: Option<i32>,
    /// Only rows after this cursor.
    pub after: Option<String>,
    /// Rows from the end.
    pub last: Option<i32>,
    /// Only rows before this cursor.
    pub before: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Cursor<'a> {
    /// Which list it is of.
    l: Cow<'a, str>,
    /// Where in it.
    k: Cow<'a, [KeyValue]>,
}

/// A short digest, so that a cursor that was edited or cut is noticed.
fn checksum(body: &[u8]) -> [u8; 6] {
    let digest = Sha256::digest(body);
    let mut short = [0; 6];
    short
        .iter_mut()
        .zip(digest)
        .for_each(|(place, byte)| *place = byte);
    short
}

/// The cursor of a row in a list.
pub fn cursor(list: &str, keys: &[KeyValue]) -> String {
    let mut body = serde_json::to_vec(&Cursor {
        l: list.into(),
        k: keys.into(),
    })
    .unwrap_or_default();
    body.extend(checksum(&body));
    URL_SAFE_NO_PAD.encode(body)
}

fn read(list: &str, text: &str) -> Result<Vec<KeyValue>, Fault> {
    let malformed = Fault::BadInput {
        code: "CURSOR_MALFORMED",
    };
    let bytes = URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| malformed.clone())?;
    let (body, sum) = bytes
        .split_last_chunk::<6>()
        .ok_or_else(|| malformed.clone())?;
    if *sum != checksum(body) {
        return Err(malformed);
    }
    let cursor: Cursor<'_> = serde_json::from_slice(body).map_err(|_| malformed)?;
    if cursor.l == list {
        Ok(cursor.k.into_owned())
    } else {
        Err(Fault::BadInput {
            code: "CURSOR_OF_OTHER_LIST",
        })
    }
}

impl Args {
    /// The window that the arguments ask for.
    ///
    /// # Errors
    ///
    /// [`Fault::BadInput`] for sizes out of range, both directions at once, or a cursor that was
    /// edited or belongs to another list.
    pub fn window(&self, ctx: &Context<'_>, list: &str, largest: u64) -> Result<Window, Fault> {
        let with_total = ["totalCount", "isTotalExact"]
            .iter()
            .any(|name| ctx.look_ahead().field(name).exists());
        self.bounds(list, largest).map(|window| Window {
            with_total,
            ..window
        })
    }

    fn bounds(&self, list: &str, largest: u64) -> Result<Window, Fault> {
        if self.first.is_some() && self.last.is_some() {
            return Err(Fault::BadInput {
                code: "PAGE_BOTH_ENDS",
            });
        }
        let size = match self.first.or(self.last) {
            None => DEFAULT_PAGE,
            Some(asked) => u64::try_from(asked)
                .ok()
                .filter(|asked| *asked <= largest)
                .ok_or(Fault::BadInput { code: "PAGE_SIZE" })?,
        };
        let position = |text: &Option<String>| text.as_deref().map(|text| read(list, text));
        Ok(Window {
            limit: size,
            from_end: self.last.is_some(),
            after: position(&self.after).transpose()?,
            before: position(&self.before).transpose()?,
            with_total: false,
        })
    }
}

fn totals(total: Option<Total>) -> Totals {
    let total = total.unwrap_or(Total {
        count: 0,
        is_exact: true,
    });
    Totals {
        total_count: i32::try_from(total.count).unwrap_or(i32::MAX),
        is_total_exact: total.is_exact,
    }
}

/// A connection of a page that the store cut.
pub fn connection<T: Ready>(
    list: &str,
    page: Page<T>,
    key_of: impl Fn(&T) -> Vec<KeyValue>,
) -> Conn<T> {
    let list = Arc::from(list);
    let edge = |row: T| Edge {
        place: Place {
            list: Arc::clone(&list),
            keys: Keys::Values(key_of(&row)),
        },
        node: row,
    };
    Conn {
        edges: page.rows.into_iter().map(edge).collect(),
        has_previous: page.has_previous,
        has_next: page.has_next,
        totals: totals(page.total),
    }
}

/// A connection of a short list that is held whole.
///
/// # Errors
///
/// As [`Args::window`].
pub fn slice<T: Ready>(
    args: &Args,
    list: &str,
    rows: Vec<T>,
    largest: u64,
) -> Result<Conn<T>, Fault> {
    // Its cursors count rows, so they are not those of a list of the same name that the store cuts.
    let list: Arc<str> = format!("{list}/whole").into();
    let window = args.bounds(&list, largest)?;
    let all = rows.len();
    let place = |keys: &Option<Vec<KeyValue>>| match keys.as_deref() {
        None => Ok(None),
        Some([KeyValue::Int(index)]) => Ok(usize::try_from(*index).ok()),
        Some(_) => Err(Fault::BadInput {
            code: "CURSOR_MALFORMED",
        }),
    };
    let mut start = place(&window.after)?
        .map_or(0, |index| index.saturating_add(1))
        .min(all);
    let mut end = place(&window.before)?.unwrap_or(all).min(all).max(start);
    let limit = usize::try_from(window.limit).unwrap_or(usize::MAX);
    if window.from_end {
        start = end.saturating_sub(limit).max(start);
    } else {
        end = start.saturating_add(limit).min(end);
    }
    let count = u64::try_from(all).unwrap_or(u64::MAX);
    let edge = |(node, index)| Edge {
        place: Place {
            list: Arc::clone(&list),
            keys: Keys::Index(index),
        },
        node,
    };
    let rows = rows.into_iter().zip(0_i64..).skip(start).take(end - start);
    let total = Total {
        count,
        is_exact: true,
    };
    Ok(Conn {
        edges: rows.map(edge).collect(),
        has_previous: start > 0,
        has_next: end < all,
        totals: totals(Some(total)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphql::ready::ready;

    ready!(Totals {});

    #[test]
    fn an_edited_cursor_and_one_of_another_list_are_refused() {
        let good = cursor("tasks", &[KeyValue::Int(3)]);
        assert!(read("tasks", &good).is_ok());
        assert!(read("plans", &good).is_err());
        let mut edited = good.into_bytes();
        edited[4] = if edited[4] == b'A' { b'B' } else { b'A' };
        assert!(read("tasks", &String::from_utf8(edited).expect("ascii")).is_err());
    }

    fn numbered(total_count: i32) -> Totals {
        Totals {
            total_count,
            is_total_exact: true,
        }
    }

    #[test]
    fn a_short_list_pages_both_ways() {
        let rows: Vec<Totals> = (0..5).map(numbered).collect();
        let ends = |args: Args| {
            let made = slice(&args, "numbers", rows.clone(), 200).expect("page");
            let nodes: Vec<i32> = made
                .edges
                .iter()
                .map(|edge| edge.node.total_count)
                .collect();
            (nodes, made.has_previous, made.has_next)
        };
        assert_eq!(
            ends(Args {
                first: Some(2),
                ..Args::default()
            }),
            (vec![0, 1], false, true)
        );
        let after = Some(cursor("numbers/whole", &[KeyValue::Int(1)]));
        let next = Args {
            first: Some(2),
            after,
            ..Args::default()
        };
        assert_eq!(ends(next), (vec![2, 3], true, true));
        assert_eq!(
            ends(Args {
                last: Some(2),
                ..Args::default()
            }),
            (vec![3, 4], true, false)
        );
        let too_many = Args {
            first: Some(201),
            ..Args::default()
        };
        assert!(slice(&too_many, "numbers", rows.clone(), 200).is_err());
        let negative = Args {
            first: Some(-1),
            ..Args::default()
        };
        assert!(slice(&negative, "numbers", rows.clone(), 200).is_err());
    }
}
