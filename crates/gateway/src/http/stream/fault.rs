//! What can be wrong with a stream of events.

use http::StatusCode;

use crate::http::negotiation::Media;

/// Why something cannot be done with a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamFault {
    /// The method is none of the protocol.
    Method,
    /// More streams or operations than one caller or the server may have.
    TooMany,
    /// No reservation has this token (any more).
    NotFound,
    /// The stream of this reservation is open already.
    Taken,
    /// An operation of this id is under way.
    OperationTaken,
    /// `extensions.operationId` is missing, empty or too long.
    NoOperationId,
    /// What gives credentials answers with cookies, which a stream cannot carry.
    Credentials,
}

impl StreamFault {
    /// The status.
    pub const fn status(self, media: Media) -> StatusCode {
        match (self, media) {
            (Self::Method, _) => StatusCode::METHOD_NOT_ALLOWED,
            (Self::TooMany, _) => StatusCode::TOO_MANY_REQUESTS,
            (Self::NotFound, _) => StatusCode::NOT_FOUND,
            (Self::Taken | Self::OperationTaken, _) => StatusCode::CONFLICT,
            (Self::NoOperationId, _) | (Self::Credentials, Media::GraphqlResponse) => {
                StatusCode::BAD_REQUEST
            }
            (Self::Credentials, Media::Json) => StatusCode::OK,
        }
    }

    /// The code for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Method => "METHOD_NOT_ALLOWED",
            Self::TooMany => "TOO_MANY_STREAMS",
            Self::NotFound => "STREAM_NOT_FOUND",
            Self::Taken => "STREAM_TAKEN",
            Self::OperationTaken => "OPERATION_ID_TAKEN",
            Self::NoOperationId => "BAD_REQUEST",
            Self::Credentials => "GRAPHQL_VALIDATION_FAILED",
        }
    }

    /// The sentence in Chinese and in English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Method => (
                "此处只接受 PUT、GET、POST 和 DELETE",
                "this takes PUT, GET, POST and DELETE",
            ),
            Self::TooMany => (
                "打开的事件流或其中的操作过多，请稍后再试",
                "too many streams or operations are open; try again later",
            ),
            Self::NotFound => (
                "没有这个事件流，请用 PUT 重新预订",
                "there is no such stream; reserve one by PUT",
            ),
            Self::Taken => ("这个事件流已经打开", "this stream is open already"),
            Self::OperationTaken => (
                "同一 operationId 的操作正在进行",
                "an operation of this operationId is under way",
            ),
            Self::NoOperationId => (
                "须以 operationId 给出 1 至 100 字节的操作标识",
                "operationId must hold 1 to 100 bytes",
            ),
            Self::Credentials => (
                "登录类操作请用普通的 POST /graphql",
                "operations that check or give credentials need a plain POST /graphql",
            ),
        }
    }
}
