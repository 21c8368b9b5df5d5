//! What the GraphQL library says of a document that does not fit the schema, or of a value that no type takes, in
//! Chinese: it says it in English alone.

use std::borrow::Cow;

/// Sentences of the library and ours for them; `{}` stands for what they are about, numbered in ours.
const SAID: &[(&str, &str)] = &[
    (
        "Unknown field \"{}\" on type \"{}\".{}",
        "类型 {1} 没有字段 {0}{2}",
    ),
    (
        "Unknown argument \"{}\" on field \"{}\" of type \"{}\".{}",
        "类型 {2} 的字段 {1} 没有参数 {0}{3}",
    ),
    (
        "Unknown argument \"{}\" on directive \"{}\".{}",
        "指令 @{1} 没有参数 {0}{2}",
    ),
    ("Unknown directive \"{}\"", "没有指令 @{0}"),
    (
        "Directive \"{}\" may not be used on \"{}\"",
        "指令 @{0} 不能用在 {1} 上",
    ),
    ("Duplicate directive \"{}\"", "指令 @{0} 在同一处写了两次"),
    (
        "Directive \"@{}\" argument \"{}\" of type \"{}\" is required but not provided",
        "指令 @{0} 少了参数 {1}（类型 {2}）",
    ),
    ("Unknown type \"{}\"", "没有类型 {0}"),
    ("Unknown fragment: \"{}\"", "没有片段 {0}"),
    (
        "Fragment \"{}\" is never used",
        "片段 {0} 没有用到，请删去或用上",
    ),
    (
        "Fragment \"{}\" cannot condition non composite type \"{}\"",
        "片段 {0} 不能建立在类型 {1} 上，它没有字段",
    ),
    (
        "Fragment cannot condition non composite type \"{}\"",
        "片段不能建立在类型 {0} 上，它没有字段",
    ),
    (
        "Fragment \"{}\" cannot be spread here as objects of type \"{}\" can never be of type \"{}\"",
        "片段 {0} 不能用在这里：类型 {1} 的对象不会是 {2}",
    ),
    (
        "Fragment cannot be spread here as objects of type \"{}\" can never be of type \"{}\"",
        "片段不能用在这里：类型 {0} 的对象不会是 {1}",
    ),
    (
        "Variable \"${}\" is not defined by operation \"{}\"",
        "操作 {1} 没有声明变量 ${0}",
    ),
    ("Variable \"${}\" is not defined", "没有声明变量 ${0}"),
    (
        "Variable \"${}\" is not used by operation \"{}\"",
        "操作 {1} 声明了变量 ${0}，但没有用到",
    ),
    (
        "Variable \"${}\" is not used",
        "声明了变量 ${0}，但没有用到",
    ),
    (
        "Variable \"{}\" cannot be of non-input type \"{}\"",
        "变量 {0} 不能是类型 {1}：它不是输入类型",
    ),
    (
        "Variable \"{}\" of type \"{}\" used in position expecting type \"{}\"",
        "变量 {0} 的类型是 {1}，而这里要 {2}",
    ),
    (
        "There can only be one argument named \"{}\"",
        "参数 {0} 写了两次",
    ),
    (
        "There can only be one variable named \"${}\"",
        "变量 ${0} 声明了两次",
    ),
    (
        "Field \"{}\" argument \"{}\" of type \"{}\" is required but not provided",
        "字段 {0} 少了参数 {1}（类型 {2}）",
    ),
    (
        "Field \"{}\" must not have a selection since type \"{}\" has no subfields",
        "字段 {0} 后面不能写花括号：类型 {1} 没有下级字段",
    ),
    (
        "Field \"{}\" of type \"{}\" must have a selection of subfields",
        "字段 {0} 的类型是 {1}，要写明取哪些下级字段，如 {0} { id }",
    ),
    (
        "Fields \"{}\" conflict because \"{}\" and \"{}\" are different fields. Use different aliases on the fields to fetch both if this was intentional.",
        "名字 {0} 同时指 {1} 和 {2}：两个都要时，请各取一个别名",
    ),
    (
        "Fields \"{}\" conflict because they have differing arguments. Use different aliases on the fields to fetch both if this was intentional.",
        "字段 {0} 取了两次而参数不同：两个都要时，请各取一个别名",
    ),
    (
        "Invalid value for argument \"{}\", {}",
        "参数 {0} 的值不对：{1}",
    ),
    (
        "Invalid default value for argument: \"{}\", {}",
        "参数 {0} 的默认值不对：{1}",
    ),
    ("Failed to parse \"{}\": {}", "写法不是类型 {0}：{1}"),
];

/// What is wrong with a value, as it stands within one of the sentences.
const REASONS: &[(&str, &str)] = &[
    ("expected type \"{}\"", "要的是类型 {0}"),
    (
        "enumeration type \"{}\" does not contain the value \"{}\"",
        "枚举 {0} 没有 {1} 这个值",
    ),
    (
        "field \"{}\" of type \"{}\" is required but not provided",
        "少了字段 {0}（类型 {1}）",
    ),
    (
        "unknown field \"{}\" of type \"{}\"",
        "类型 {1} 没有字段 {0}",
    ),
    (
        "Oneof input objects requires have exactly one field",
        "必须恰好写一个字段",
    ),
    (
        "Oneof Input Objects require that exactly one field must be supplied and that field must not be null",
        "必须恰好写一个字段，且不能为 null",
    ),
    (
        "Expected input type \"{}\", found {}. (occurred while parsing \"{}\")",
        "要的是 {0}，写的是 {1}（在 {2} 中）",
    ),
    (
        "Expected input type \"{}\", found {}.",
        "要的是 {0}，写的是 {1}",
    ),
    (" Did you mean {}?", "。是不是 {0}？"),
];

/// A sentence of the library in Chinese; as it is where we know no other.
pub fn in_chinese(said: &str) -> Cow<'_, str> {
    among(SAID, said)
        .or_else(|| among(REASONS, said))
        .map_or(Cow::Borrowed(said), Cow::Owned)
}

fn among(table: &[(&str, &str)], said: &str) -> Option<String> {
    table.iter().find_map(|(theirs, ours)| {
        let about = about(theirs, said)?;
        let words = about.into_iter().enumerate();
        Some(words.fold((*ours).to_owned(), |sentence, (at, word)| {
            let word = among(REASONS, word).map_or(Cow::Borrowed(word), Cow::Owned);
            sentence.replace(&format!("{{{at}}}"), &word)
        }))
    })
}

/// What a sentence is about, if it is of that pattern.
fn about<'a>(pattern: &str, said: &'a str) -> Option<Vec<&'a str>> {
    let mut pieces = pattern.split("{}");
    let mut rest = said.strip_prefix(pieces.next()?)?;
    let mut about = Vec::new();
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        let ends = match pieces.peek() {
            None if !rest.ends_with(piece) => return None,
            None => rest.len() - piece.len(),
            Some(_) => rest.find(piece)?,
        };
        let (word, after) = rest.split_at_checked(ends)?;
        about.push(word);
        rest = after.get(piece.len()..)?;
    }
    rest.is_empty().then_some(about)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_told_with_what_it_is_about() {
        for (theirs, ours) in [
            (
                "Unknown field \"nam\" on type \"Task\". Did you mean \"name\", \"id\"?",
                "类型 Task 没有字段 nam。是不是 \"name\", \"id\"？",
            ),
            (
                "Unknown field \"nam\" on type \"Task\".",
                "类型 Task 没有字段 nam",
            ),
            (
                "Invalid value for argument \"input.rows.0.value\", expected type \"Figure\"",
                "参数 input.rows.0.value 的值不对：要的是类型 Figure",
            ),
            ("Variable \"$a\" is not used", "声明了变量 $a，但没有用到"),
            (
                "Expected input type \"Int\", found \"x\".",
                "要的是 Int，写的是 \"x\"",
            ),
            ("Something else", "Something else"),
        ] {
            assert_eq!(in_chinese(theirs), ours);
        }
    }

    #[test]
    fn every_pattern_takes_its_own_sentence_first() {
        for (at, (theirs, ours)) in SAID.iter().enumerate() {
            let said = theirs.replace("{}", "abc");
            let found = SAID
                .iter()
                .position(|(pattern, _)| about(pattern, &said).is_some());
            assert_eq!(found, Some(at), "{said}");
            let number = theirs.matches("{}").count();
            for word in 0..number {
                assert!(ours.contains(&format!("{{{word}}}")), "{ours}");
            }
        }
    }
}
