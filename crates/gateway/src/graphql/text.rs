//! Answers as JSON: values of the executor, with those that were written by whoever knew them.

use async_graphql::{Name, Value};
use serde::Serialize;

/// A text that is longer than it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong;

/// The text of a value. [`Value::Binary`], which no scalar of this schema is, holds JSON already.
///
/// # Errors
///
/// [`TooLong`] beyond so many bytes.
pub fn to_json(value: &Value, most: usize) -> Result<String, TooLong> {
    let mut out = Vec::with_capacity(256);
    write(value, &mut out, most)?;
    // Made of texts alone.
    Ok(String::from_utf8(out).unwrap_or_default())
}

fn write(value: &Value, out: &mut Vec<u8>, most: usize) -> Result<(), TooLong> {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Boolean(true) => out.extend_from_slice(b"true"),
        Value::Boolean(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => plain(number, out),
        Value::String(text) => plain(text, out),
        Value::Enum(name) => quoted(name, out),
        Value::Binary(text) => out.extend_from_slice(text),
        Value::List(items) => {
            let mut before = b'[';
            for item in items {
                out.push(before);
                write(item, out, most)?;
                before = b',';
            }
            if items.is_empty() {
                out.push(before);
            }
            out.push(b']');
        }
        Value::Object(members) => {
            let mut before = b'{';
            for (name, member) in members {
                out.push(before);
                write_key(name, out);
                write(member, out, most)?;
                before = b',';
            }
            if members.is_empty() {
                out.push(before);
            }
            out.push(b'}');
        }
    }
    if out.len() > most {
        return Err(TooLong);
    }
    Ok(())
}

/// A member's name with its colon. Names of GraphQL hold nothing that JSON would escape.
pub fn write_key(name: &Name, out: &mut Vec<u8>) {
    quoted(name, out);
    out.push(b':');
}

fn quoted(name: &Name, out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend_from_slice(name.as_bytes());
    out.push(b'"');
}

/// What is plain enough that writing it into memory does not fail.
pub fn plain<T: Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) {
    let before = out.len();
    if serde_json::to_writer(&mut *out, value).is_err() {
        out.truncate(before);
        out.extend_from_slice(b"null");
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::value;

    use super::*;

    #[test]
    fn it_is_the_text_that_serde_would_write() {
        let some = value!({
            "none": null, "yes": true, "no": false, "few": -3, "half": 0.5, "many": 18_446_744_073_709_551_615_u64,
            "text": "线\"\\\n\u{1}\u{2028}", "empty": {}, "nothing": [],
            "list": [1, [2, {"a": "b"}], null]
        });
        let some = Value::List(vec![some, Value::Enum(Name::new("MAIN"))]);
        let text = serde_json::to_string(&some).expect("JSON");
        assert_eq!(to_json(&some, text.len()), Ok(text.clone()));
        assert_eq!(to_json(&some, text.len() - 1), Err(TooLong));
    }

    #[test]
    fn what_is_text_already_stays_as_it_is() {
        let cell = Value::Binary(r#"{"a":1}"#.into());
        let list = Value::List(vec![cell.clone(), Value::Null, cell]);
        let text = r#"[{"a":1},null,{"a":1}]"#.to_owned();
        assert_eq!(to_json(&list, 100), Ok(text));
    }
}
