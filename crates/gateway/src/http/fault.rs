//! What can be wrong with a request before a resolver sees it, and how that is said.

use async_graphql_parser::Pos;
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{ALLOW, RETRY_AFTER, WWW_AUTHENTICATE},
};
use serde_json::{Value, json};

use super::{
    client::Language,
    negotiation::Media,
    overload::Overloaded,
    persisted::DocumentFault,
    purse::{Wait, seconds},
    stream::StreamFault,
};
use crate::graphql::{guard, limits};

/// How a request is malformed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The body is no JSON in UTF-8, or is nested too deep.
    Json,
    /// The body is an array: batches are not offered.
    Batch,
    /// The array holds no operation, or more than allowed.
    BatchLength,
    /// More than one operation of the array checks or gives credentials.
    BatchCredentials,
    /// The body is neither object nor array.
    Object,
    /// `query` is missing or no text.
    Query,
    /// `documentId` is no SHA-256, or stands beside a text.
    DocumentId,
    /// `extensions.persistedQuery` is not of version 1 with a SHA-256.
    PersistedQuery,
    /// The SHA-256 is that of another text.
    Digest,
    /// `operationName` is neither text nor null.
    OperationName,
    /// `variables` is neither object nor null.
    Variables,
    /// `extensions` is neither object nor null.
    Extensions,
    /// The query string cannot be read, or repeats a parameter.
    QueryString,
}

/// Why a request is answered without running it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Neither media type of GraphQL is accepted.
    NotAcceptable,
    /// The body is not declared as JSON.
    NotJson,
    /// The method is not offered, or GET asks for more than a query.
    Method,
    /// The body is longer than allowed.
    TooLarge,
    /// The request is malformed.
    Malformed(Shape),
    /// The document cannot be parsed.
    Syntax {
        /// What the parser says.
        message: String,
        /// Where.
        locations: Vec<Pos>,
    },
    /// The document has no such operation, or several and no name was given.
    UnknownOperation,
    /// Subscriptions need another transport.
    Subscription,
    /// What a webhook tells is chosen by a subscription, and this is none.
    NotASubscription,
    /// The document is not known by its digest, or not trusted.
    Document(DocumentFault),
    /// A stream of events cannot do it.
    Stream(StreamFault),
    /// A variable that must have a value has none.
    VariableMissing(String),
    /// Root fields ask for different days.
    AsOfDiffers,
    /// The document is over budget.
    Budget(limits::Refusal),
    /// The access token is not valid.
    TokenRefused,
    /// An API token that is not to be used from the caller's address.
    TokenElsewhere,
    /// The policy does not open a coordinate.
    Refused(guard::Refusal),
    /// The body took longer to arrive than allowed.
    SlowBody,
    /// The caller has spent its points, or runs too many at once.
    Throttled(Wait),
    /// The server has more to do than it can.
    Overloaded(Overloaded),
    /// The answer is longer than allowed; what it changed is changed.
    AnswerTooLarge,
    /// The operation took longer than allowed.
    TimedOut,
    /// A fault of ours, told apart by the request id alone.
    Internal,
}

impl Fault {
    /// The status, which depends on the media type only for documents that cannot run.
    pub const fn status(&self, media: Media) -> StatusCode {
        match self {
            // It ran.
            Self::AnswerTooLarge => StatusCode::OK,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Syntax { .. }
            | Self::UnknownOperation
            | Self::Subscription
            | Self::NotASubscription
            | Self::VariableMissing(_)
            | Self::AsOfDiffers
            | Self::Budget(_) => match media {
                Media::GraphqlResponse => StatusCode::BAD_REQUEST,
                Media::Json => StatusCode::OK,
            },
            Self::Document(fault) => fault.status(media),
            Self::Stream(fault) => fault.status(media),
            Self::TokenElsewhere => StatusCode::FORBIDDEN,
            Self::Refused(refusal) if refusal.is_signed_in => StatusCode::FORBIDDEN,
            Self::TokenRefused | Self::Refused(_) => StatusCode::UNAUTHORIZED,
            Self::SlowBody => StatusCode::REQUEST_TIMEOUT,
            Self::Throttled(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Overloaded(_) | Self::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The code for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAcceptable => "NOT_ACCEPTABLE",
            Self::NotJson => "UNSUPPORTED_MEDIA_TYPE",
            Self::Method => "METHOD_NOT_ALLOWED",
            Self::TooLarge => "REQUEST_TOO_LARGE",
            Self::Malformed(_) => "BAD_REQUEST",
            Self::Syntax { .. } => "GRAPHQL_PARSE_FAILED",
            Self::UnknownOperation | Self::Subscription | Self::NotASubscription => {
                "GRAPHQL_VALIDATION_FAILED"
            }
            Self::VariableMissing(_) | Self::AsOfDiffers => "BAD_USER_INPUT",
            Self::Budget(refusal) => refusal.code(),
            Self::Document(fault) => fault.code(),
            Self::Stream(fault) => fault.code(),
            Self::TokenRefused => "UNAUTHENTICATED",
            Self::TokenElsewhere => "TOKEN_ADDRESS_REFUSED",
            Self::Refused(refusal) => refusal.code(),
            Self::SlowBody => "REQUEST_TOO_SLOW",
            Self::Throttled(Wait::Points(_)) => "RATE_LIMITED",
            Self::Throttled(Wait::AtOnce) => "TOO_MANY_IN_FLIGHT",
            Self::Overloaded(_) => "OVERLOADED",
            Self::AnswerTooLarge => "ANSWER_TOO_LARGE",
            Self::TimedOut => "TIMED_OUT",
            Self::Internal => "INTERNAL",
        }
    }

    /// The sentence for people.
    pub fn message(&self, language: Language) -> String {
        let (chinese, english) = self.words();
        match language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm a fault")]
    fn words(&self) -> (String, String) {
        let (chinese, english) = match self {
            Self::NotAcceptable => (
                "只能以 application/json 或 application/graphql-response+json 作答",
                "answers are application/json or application/graphql-response+json",
            ),
            Self::NotJson => (
                "请求正文的类型须为 application/json",
                "the content type of the body must be application/json",
            ),
            Self::Method => (
                "GET 只用于查询,其余操作请用 POST",
                "GET runs queries only; use POST for everything else",
            ),
            Self::TooLarge => ("请求正文过大", "the body of the request is too large"),
            Self::Malformed(shape) => shape.words(),
            Self::UnknownOperation => (
                "文档中没有这个操作;文档含多个操作时须给出 operationName",
                "the document has no such operation; with several operations, name one in operationName",
            ),
            Self::Subscription => (
                "订阅请用 /graphql/ws，或以 text/event-stream 接收",
                "subscriptions are served at /graphql/ws, or accepted as text/event-stream",
            ),
            Self::NotASubscription => ("须为一个订阅操作", "the document must be one subscription"),
            Self::Document(fault) => fault.words(),
            Self::Stream(fault) => fault.words(),
            Self::TokenRefused => (
                "访问令牌无效或已过期",
                "the access token is not valid or has expired",
            ),
            Self::TokenElsewhere => (
                "该令牌不允许从此地址使用",
                "the token is not to be used from this address",
            ),
            Self::SlowBody | Self::Throttled(_) | Self::Overloaded(_) => {
                return self.words_of_load();
            }
            Self::AnswerTooLarge => (
                "结果过大，请减少行数或字段；已作的更改不受影响",
                "the answer is too large: ask for fewer rows or fields; what was changed stays changed",
            ),
            Self::TimedOut => (
                "操作超时,已取消",
                "the operation took too long and was cancelled",
            ),
            Self::Internal => ("系统内部错误", "internal error"),
            Self::Syntax { message, .. } => {
                return (
                    format!("查询语法错误:{message}"),
                    format!("syntax error: {message}"),
                );
            }
            Self::VariableMissing(name) => {
                return (
                    format!("变量 ${name} 须有值"),
                    format!("the variable ${name} must have a value"),
                );
            }
            Self::AsOfDiffers => (
                "一次请求只能按同一个日期（asOf）查看",
                "all root fields of a request say the same asOf",
            ),
            Self::Budget(refusal) => return (over_budget(refusal), refusal.to_string()),
            Self::Refused(refusal) => return refused(refusal),
        };
        (chinese.to_owned(), english.to_owned())
    }

    /// What is said of too much or too slow.
    fn words_of_load(&self) -> (String, String) {
        let (chinese, english) = match self {
            Self::Throttled(Wait::Points(wait)) => return spent(seconds(*wait)),
            Self::Throttled(Wait::AtOnce) => (
                "同时进行的请求过多，请稍后再试",
                "too many of your requests are under way; try again later",
            ),
            Self::SlowBody => (
                "请求正文迟迟未到齐",
                "the body of the request took too long to arrive",
            ),
            _ => (
                "系统繁忙，请稍后再试",
                "the server is busy; try again later",
            ),
        };
        (chinese.to_owned(), english.to_owned())
    }

    /// What stands in the head of an answer besides the status.
    pub fn head(&self, headers: &mut HeaderMap) {
        if let Some(again) = self.retry_after() {
            headers.insert(RETRY_AFTER, HeaderValue::from(again));
        }
        let (name, value) = match self {
            Self::Method => (ALLOW, "GET, POST"),
            Self::Stream(StreamFault::Method) => (ALLOW, "DELETE, GET, POST, PUT"),
            Self::Stream(StreamFault::TooMany) => (RETRY_AFTER, "10"),
            Self::TokenRefused => (WWW_AUTHENTICATE, "Bearer"),
            _ => return,
        };
        headers.insert(name, HeaderValue::from_static(value));
    }

    /// Seconds after which to try again.
    const fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Throttled(Wait::Points(wait)) => Some(seconds(*wait)),
            Self::Throttled(Wait::AtOnce) => Some(1),
            Self::Overloaded(overloaded) => Some(overloaded.again),
            _ => None,
        }
    }

    /// The error as GraphQL says it.
    pub fn error(&self, language: Language, request_id: &str) -> Value {
        let mut extensions = json!({ "code": self.code() });
        // Where the answer has no head of its own, such as on a socket.
        if let Some(again) = self.retry_after() {
            extensions["retryAfter"] = json!(again);
        }
        match self {
            Self::Refused(refusal) => extensions["coordinate"] = json!(refusal.coordinate),
            Self::Internal => extensions["requestId"] = json!(request_id),
            _ => {}
        }
        let mut error = json!({ "message": self.message(language), "extensions": extensions });
        if let Self::Syntax { locations, .. } = self
            && !locations.is_empty()
        {
            error["locations"] = json!(locations);
        }
        error
    }
}

/// What a caller without points is told, in both languages.
fn spent(seconds: u64) -> (String, String) {
    (
        format!("请求过于频繁，请在 {seconds} 秒后再试"),
        format!("you have asked for too much lately; try again in {seconds} s"),
    )
}

/// What a caller without the permission is told, in both languages.
fn refused(refusal: &guard::Refusal) -> (String, String) {
    let coordinate = &refusal.coordinate;
    if refusal.is_signed_in && refusal.is_narrowed {
        return match refusal.scope() {
            Some(scope) => (
                format!("{coordinate} 须使用含 {scope} 权限范围的令牌"),
                format!("{coordinate} needs a token with the scope {scope}"),
            ),
            None => (
                format!("{coordinate} 不能用令牌调用，须由本人登录办理"),
                format!("{coordinate} is not called with a token: a person signs in for it"),
            ),
        };
    }
    if refusal.is_signed_in {
        (
            format!("无权访问 {coordinate}"),
            format!("{coordinate} needs a permission that you do not hold"),
        )
    } else {
        (
            format!("访问 {coordinate} 须先登录"),
            format!("{coordinate} needs you to sign in"),
        )
    }
}

/// A refusal of the budget in Chinese; its English is its `Display`.
fn over_budget(refusal: &limits::Refusal) -> String {
    use limits::{MAX_COST, MAX_NESTING, MAX_TEXT, MAX_TOKENS, Refusal};
    match refusal {
        Refusal::Text => format!("查询文本超过 {MAX_TEXT} 字节"),
        Refusal::Tokens => format!("查询文本超过 {MAX_TOKENS} 个词元"),
        Refusal::Nesting => format!("括号嵌套超过 {MAX_NESTING} 层"),
        Refusal::TooMany { what, found, limit } => {
            let what = match *what {
                "aliases" => "别名数",
                "directives" => "指令数",
                "fields" => "字段数",
                "fragments inside one another" => "片段嵌套层数",
                "levels" => "字段层数",
                "levels of introspection" => "内省层数",
                "lists of introspection" => "内省列表嵌套层数",
                "mutations with credentials" => "登录类操作数",
                "root fields" => "根字段数",
                "spreads of fragments" => "片段引用数",
                other => other,
            };
            format!("{what}为 {found},上限 {limit}")
        }
        Refusal::Cost { requested } => format!("操作代价为 {requested} 点,上限 {MAX_COST} 点"),
        Refusal::Cycle(name) => format!("片段 {name} 包含自身"),
        Refusal::Leaf => "__typename 后面不能写花括号：它没有下级字段".to_owned(),
    }
}

impl Shape {
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Json => (
                "请求正文不是有效的 UTF-8 JSON，或嵌套过深",
                "the body is not valid JSON in UTF-8, or is nested too deep",
            ),
            Self::Batch => ("不支持批量操作", "arrays of operations are not supported"),
            Self::BatchLength => (
                "批量操作为空，或超过上限",
                "the array of operations is empty or too long",
            ),
            Self::BatchCredentials => (
                "一次批量请求至多含一个登录类操作",
                "one operation of an array may check or give credentials",
            ),
            Self::DocumentId => (
                "documentId 须为文档的 SHA-256，且不与 query 同时给出",
                "documentId must be the SHA-256 of a document, without query beside it",
            ),
            Self::PersistedQuery => (
                "extensions.persistedQuery 须含 version 1 和 sha256Hash",
                "extensions.persistedQuery must hold version 1 and sha256Hash",
            ),
            Self::Digest => (
                "sha256Hash 与 query 不符",
                "sha256Hash is not that of query",
            ),
            Self::Object => ("请求正文须为 JSON 对象", "the body must be a JSON object"),
            Self::Query => (
                "query 须为文本，或以 documentId、extensions.persistedQuery 给出文档",
                "query must be a string, unless documentId or extensions.persistedQuery names a document",
            ),
            Self::OperationName => (
                "operationName 须为文本或 null",
                "operationName must be a string or null",
            ),
            Self::Variables => (
                "variables 须为对象或 null",
                "variables must be an object or null",
            ),
            Self::Extensions => (
                "extensions 须为对象或 null",
                "extensions must be an object or null",
            ),
            Self::QueryString => (
                "查询参数无法解读,或有重复",
                "the query string cannot be read or repeats a parameter",
            ),
        }
    }
}
