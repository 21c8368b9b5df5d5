//! Reads a GraphQL request from a body or a query string; its shape is checked before anything else.

use http::{HeaderMap, header::CONTENT_TYPE};
use serde_json::{Map, Value};

use super::{
    fault::{Fault, Shape},
    persisted::Wanted,
};

/// A well-formed request, its document not yet read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GraphqlRequest {
    /// The document.
    pub wanted: Wanted,
    /// Which of its operations to run.
    pub operation_name: Option<String>,
    /// Values of the variables.
    pub variables: Map<String, Value>,
    /// `extensions.operationId`, by which a stream of several operations tells them apart.
    pub operation_id: Option<String>,
}

/// What the body of a POST asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// One operation.
    One(GraphqlRequest),
    /// Several, to be answered in their order.
    Batch(Vec<GraphqlRequest>),
}

impl Asked {
    /// Reads the body of a POST, in which an array may hold so many operations; 0: no array is read.
    ///
    /// # Errors
    ///
    /// [`Fault::NotJson`] when it is not declared as JSON, [`Fault::Malformed`] when it is not of
    /// the right shape.
    pub fn from_post(headers: &HeaderMap, body: &[u8], most: usize) -> Result<Self, Fault> {
        if !declares_json(headers) {
            return Err(Fault::NotJson);
        }
        let body: Value =
            serde_json::from_slice(body).map_err(|_| Fault::Malformed(Shape::Json))?;
        let read = match body {
            Value::Object(members) => GraphqlRequest::from_members(members).map(Self::One),
            Value::Array(_) if most == 0 => Err(Shape::Batch),
            Value::Array(items) if items.is_empty() || items.len() > most => {
                Err(Shape::BatchLength)
            }
            Value::Array(items) => {
                let members = items.into_iter().map(|item| match item {
                    Value::Object(members) => GraphqlRequest::from_members(members),
                    _ => Err(Shape::Object),
                });
                members.collect::<Result<_, _>>().map(Self::Batch)
            }
            _ => Err(Shape::Object),
        };
        read.map_err(Fault::Malformed)
    }
}

impl GraphqlRequest {
    /// A request that is a document and nothing else.
    pub fn of_text(text: &str) -> Self {
        Self {
            wanted: Wanted::Text(text.to_owned()),
            ..Self::default()
        }
    }

    /// Reads the body of a POST that is one operation.
    ///
    /// # Errors
    ///
    /// As [`Asked::from_post`].
    pub fn from_post(headers: &HeaderMap, body: &[u8]) -> Result<Self, Fault> {
        match Asked::from_post(headers, body, 0)? {
            Asked::One(request) => Ok(request),
            Asked::Batch(_) => Err(Fault::Malformed(Shape::Batch)),
        }
    }

    /// Reads the query string of a GET.
    ///
    /// # Errors
    ///
    /// [`Fault::Malformed`] when it cannot be read or is not of the right shape.
    pub fn from_get(query_string: Option<&str>) -> Result<Self, Fault> {
        let mut members = Map::new();
        let pairs = query_string
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty());
        for pair in pairs {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let fault = Fault::Malformed(Shape::QueryString);
            let (Some(name), Some(value)) = (decode(name), decode(value)) else {
                return Err(fault);
            };
            let value =
                match name.as_str() {
                    "query" | "operationName" | "documentId" => Value::String(value),
                    "variables" | "extensions" if value.is_empty() => Value::Null,
                    "variables" => serde_json::from_str(&value)
                        .map_err(|_| Fault::Malformed(Shape::Variables))?,
                    "extensions" => serde_json::from_str(&value)
                        .map_err(|_| Fault::Malformed(Shape::Extensions))?,
                    _ => continue,
                };
            if members.insert(name, value).is_some() {
                return Err(fault);
            }
        }
        for name in ["operationName", "documentId"] {
            if members.get(name).is_some_and(|value| value == "") {
                members.remove(name);
            }
        }
        Self::from_members(members).map_err(Fault::Malformed)
    }

    /// Reads the payload of a `subscribe` message.
    ///
    /// # Errors
    ///
    /// [`Shape`] names what is not of the right shape.
    pub fn from_members(mut members: Map<String, Value>) -> Result<Self, Shape> {
        let mut take = |name: &str| members.remove(name).unwrap_or_default();
        let extensions = match take("extensions") {
            Value::Null => Map::new(),
            Value::Object(extensions) => extensions,
            _ => return Err(Shape::Extensions),
        };
        let wanted = Wanted::read(take("query"), take("documentId"), &extensions)?;
        let operation_name = match take("operationName") {
            Value::Null => None,
            Value::String(name) => Some(name),
            _ => return Err(Shape::OperationName),
        };
        let variables = match take("variables") {
            Value::Null => Map::new(),
            Value::Object(variables) => variables,
            _ => return Err(Shape::Variables),
        };
        let operation_id = extensions.get("operationId").and_then(Value::as_str);
        Ok(Self {
            wanted,
            operation_name,
            variables,
            operation_id: operation_id.map(str::to_owned),
        })
    }
}

/// Whether the body is declared as JSON in UTF-8. Forms of other sites cannot declare it, so they
/// cannot run mutations.
fn declares_json(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return false;
    };
    let mut parts = value.to_str().unwrap_or_default().split(';').map(str::trim);
    parts
        .next()
        .is_some_and(|media| media.eq_ignore_ascii_case("application/json"))
        && parts
            .filter_map(|parameter| parameter.split_once('='))
            .all(|(name, value)| {
                !name.trim().eq_ignore_ascii_case("charset")
                    || matches!(
                        value.trim().trim_matches('"').to_ascii_lowercase().as_str(),
                        "utf-8" | "utf8"
                    )
            })
}

/// Decodes a part of a query string; `None` for broken escapes and for what is not UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => {
                let (high, low) = (hex(bytes.next()?)?, hex(bytes.next()?)?);
                high << 4 | low
            }
            other => other,
        });
    }
    String::from_utf8(decoded).ok()
}

const fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn post_as(content_type: &'static str, body: &str) -> Result<GraphqlRequest, Fault> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        GraphqlRequest::from_post(&headers, body.as_bytes())
    }

    fn post(body: &str) -> Result<GraphqlRequest, Fault> {
        post_as("application/json", body)
    }

    fn malformed(shape: Shape) -> Result<GraphqlRequest, Fault> {
        Err(Fault::Malformed(shape))
    }

    #[test]
    fn only_declared_json_is_read() {
        let body = r#"{"query":"{ a }"}"#;
        assert!(post_as("application/json", body).is_ok());
        assert!(post_as("Application/JSON; charset=UTF-8", body).is_ok());
        for other in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; charset=utf-16",
            "application/graphql",
            "",
        ] {
            assert_eq!(post_as(other, body), Err(Fault::NotJson), "{other}");
        }
        assert_eq!(
            GraphqlRequest::from_post(&HeaderMap::new(), b"{}"),
            Err(Fault::NotJson)
        );
    }

    #[test]
    fn the_shape_of_the_body_is_checked() {
        assert_eq!(post("[{\"query\":\"{ a }\"}]"), malformed(Shape::Batch));
        assert_eq!(post("3"), malformed(Shape::Object));
        assert_eq!(post("{}"), malformed(Shape::Query));
        assert_eq!(post(r#"{"query":3}"#), malformed(Shape::Query));
        assert_eq!(
            post(r#"{"query":"{a}","operationName":1}"#),
            malformed(Shape::OperationName)
        );
        assert_eq!(
            post(r#"{"query":"{a}","variables":[]}"#),
            malformed(Shape::Variables)
        );
        assert_eq!(
            post(r#"{"query":"{a}","variables":"{}"}"#),
            malformed(Shape::Variables)
        );
        assert_eq!(
            post(r#"{"query":"{a}","extensions":1}"#),
            malformed(Shape::Extensions)
        );
        let read = post(r#"{"query":"{a}","operationName":null,"variables":null,"extensions":{}}"#);
        assert_eq!(
            read.unwrap(),
            GraphqlRequest {
                wanted: Wanted::Text("{a}".into()),
                ..Default::default()
            }
        );
    }

    #[test]
    fn text_that_is_no_json_is_malformed() {
        assert_eq!(post("{"), malformed(Shape::Json));
        assert_eq!(post(r#"{"query":"\ud800"}"#), malformed(Shape::Json));
        let deep = format!(
            r#"{{"query":"a","variables":{{"v":{}1{}}}}}"#,
            "[".repeat(300),
            "]".repeat(300)
        );
        assert_eq!(post(&deep), malformed(Shape::Json));
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let found = GraphqlRequest::from_post(&headers, b"{\"query\":\"\xff\"}");
        assert_eq!(found, malformed(Shape::Json));
    }

    #[test]
    fn a_query_string_is_read_by_the_names_of_the_specification() {
        let read = GraphqlRequest::from_get(Some(
            "query=query+A(%24n:Int)%7Ba%7D&operationName=A&variables=%7B%22n%22:1%7D&extensions=",
        ))
        .unwrap();
        assert_eq!(read.wanted, Wanted::Text("query A($n:Int){a}".into()));
        assert_eq!(read.operation_name.as_deref(), Some("A"));
        assert_eq!(read.variables.get("n"), Some(&Value::from(1)));
    }

    #[test]
    fn a_broken_query_string_is_malformed() {
        assert_eq!(GraphqlRequest::from_get(None), malformed(Shape::Query));
        assert_eq!(
            GraphqlRequest::from_get(Some("query=%ff")),
            malformed(Shape::QueryString)
        );
        assert_eq!(
            GraphqlRequest::from_get(Some("query=%4")),
            malformed(Shape::QueryString)
        );
        assert_eq!(
            GraphqlRequest::from_get(Some("query=a&query=b")),
            malformed(Shape::QueryString)
        );
        assert_eq!(
            GraphqlRequest::from_get(Some("query=a&variables=[1")),
            malformed(Shape::Variables)
        );
        assert_eq!(
            GraphqlRequest::from_get(Some("query=a&variables=[1]")),
            malformed(Shape::Variables)
        );
    }
}
