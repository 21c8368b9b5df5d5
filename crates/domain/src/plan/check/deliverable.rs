//! What of a point could be shown when it is done (可交付成果): something made, set up or held.
//!
//! A point that only strengthens, deepens and promotes has nothing to show. The rule is generous:
//! one clause that makes or holds a nameable thing is enough, because a false finding on every
//! second point would not be read.

/// Words for making, setting up and holding.
const VERBS: [&str; 53] = [
    "建设", "建成", "建立", "建好", "新建", "改建", "搭建", "构建", "组建", "成立", "设立", "创建",
    "健全", "完善", "制定", "修订", "制订", "编制", "编写", "编撰", "编排", "制作", "出台", "印发",
    "发布", "公布", "推出", "启动", "上线", "开通", "开设", "开辟", "开发", "开办", "形成", "完成",
    "签订", "签署", "举办", "举行", "召开", "办好", "承办", "合办", "主办", "筹办", "开展", "组织",
    "评选", "遴选", "打造", "培育", "承接",
];

/// Words for what is made, set up or held.
const THINGS: [&str; 84] = [
    "平台",
    "系统",
    "网站",
    "数据库",
    "机制",
    "制度",
    "体系",
    "办法",
    "方案",
    "标准",
    "规范",
    "规程",
    "规划",
    "条例",
    "细则",
    "意见",
    "指南",
    "清单",
    "台账",
    "档案",
    "目录",
    "报告",
    "课题",
    "研究",
    "调研",
    "调查",
    "评估",
    "试点",
    "示范",
    "基地",
    "中心",
    "场馆",
    "展厅",
    "场所",
    "阵地",
    "分馆",
    "工作站",
    "服务站",
    "联盟",
    "协会",
    "组织",
    "小组",
    "联络组",
    "服务团",
    "专班",
    "队",
    "协议",
    "项目",
    "工程",
    "行动",
    "专项",
    "活动",
    "大赛",
    "竞赛",
    "比赛",
    "赛事",
    "运动会",
    "论坛",
    "会议",
    "年会",
    "交流会",
    "座谈会",
    "推进会",
    "研讨会",
    "沙龙",
    "展",
    "节",
    "月",
    "周",
    "日",
    "讲座",
    "宣讲",
    "路演",
    "培训",
    "研修",
    "班",
    "夏令营",
    "科学营",
    "栏目",
    "专栏",
    "节目",
    "书籍",
    "歌曲",
    "剧",
];

/// Marks that end a clause; 、 only divides a list.
const ENDS: [char; 14] = [
    '，', '。', '；', '！', '？', '：', '\n', ',', ';', '!', '?', ':', '（', '）',
];

/// Whether any clause of the text makes or holds a nameable thing, or makes something by its name
/// (《…》, “…”).
pub(super) fn is_stated(text: &str) -> bool {
    text.split(ENDS).any(is_in_clause)
}

fn is_in_clause(clause: &str) -> bool {
    let verb = VERBS
        .iter()
        .filter_map(|verb| clause.find(verb).map(|at| at + verb.len()))
        .min();
    let after = verb.and_then(|at| clause.get(at..)).unwrap_or_default();
    // A single letter ends a name (书香节), it is no thing by itself.
    let is_thing = |thing: &&str| match thing.chars().count() {
        1 => is_last_letter(after, thing),
        _ => after.contains(*thing),
    };
    let is_named = after.contains(['《', '“']);
    is_named || THINGS.iter().any(is_thing) || is_built(clause)
}

/// Whether the letter ends the clause, an item of its list or a name in it.
fn is_last_letter(after: &str, letter: &str) -> bool {
    after.match_indices(letter).any(|(at, _)| {
        let rest = after.get(at + letter.len()..).unwrap_or_default();
        let is_end = rest.is_empty() || rest.starts_with(['、', '”', '》', '等', '和', '及']);
        is_end && at > 0
    })
}

/// 平台建设, 标准修订: the thing stands right before its verb; 院士行活动在我省举办: somewhere before.
fn is_built(clause: &str) -> bool {
    let things = || THINGS.iter().filter(|thing| thing.chars().count() > 1);
    let before = |verb: &str| {
        let found = clause.match_indices(verb);
        found
            .filter_map(|(at, _)| clause.get(..at))
            .collect::<Vec<_>>()
    };
    let made = ["建设", "修订", "编撰", "编制", "制定"];
    let held = ["举办", "召开", "举行", "落户"];
    made.iter()
        .flat_map(|verb| before(verb))
        .any(|text| things().any(|thing| text.ends_with(thing)))
        || held
            .iter()
            .flat_map(|verb| before(verb))
            .any(|text| things().any(|thing| text.contains(thing)))
}

#[cfg(test)]
mod tests {
    use super::is_stated;

    #[test]
    fn what_is_made_set_up_or_held_is_a_deliverable() {
        for text in [
            "建设统一管理的服务平台，形成合力。",
            "推进一体化工作平台建设。",
            "探索建立街道联络组。",
            "修订评审标准，推动评审下放。",
            "举办第八届“临溪书香节”。",
            "召开全市读者代表座谈会。",
            "推出《馆藏方志图录》。",
            "争取将全国年会放在我市举办。",
            "办好全市青少年机器人大赛、读书月。",
        ] {
            assert!(is_stated(text), "{text}");
        }
    }

    #[test]
    fn what_only_strengthens_and_promotes_is_none() {
        for text in [
            "紧密结合山区需求，整合优势资源，助力当地经济社会发展。",
            "提升队伍能力素质，强化责任担当，营造良好氛围。",
            "推动业务与技术深度融合，不断提高服务水平。",
            "加强宣传引导，扩大社会影响，日常监督常态长效。",
        ] {
            assert!(!is_stated(text), "{text}");
        }
    }
}
