//! Lines that are no part of a plan's sentences: dates, copies, annex lists, web page marks.

use std::ops::Range;

use super::{
    dates,
    glyphs::{Glyphs, is_han},
};

/// What a line outside the sentences is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Furniture {
    /// A line that is a date, alone or with 印发.
    Date,
    /// 发文字号 alone on its line.
    Number,
    /// 附件… .
    Annex,
    /// 抄送… .
    Copies,
    /// 此件公开发布, 联系人… .
    Note,
    /// Marks of a web page.
    Web,
    /// The issuer's mark: …文件.
    Mark,
}

const COPIES: &[&str] = &["抄送", "抄报", "分送：", "主送：", "报送：", "印送"];
const NOTES: &[&str] = &[
    "（此件",
    "此件公开",
    "此件主动",
    "（公开",
    "（联系",
    "联系人：",
    "联系电话",
    "（主动公开",
    "（依申请",
    "（印章",
    "公开属性",
    "公开方式",
    "政府信息公开选项",
    "校对：",
    "（印发",
    "份数：",
    "共印",
];
const WEB: &[&str] = &[
    "首页",
    "网站首页",
    "当前位置",
    "您现在",
    "您当前",
    "索引号",
    "索引号",
    "发布机构",
    "发布日期",
    "发布时间",
    "发文日期",
    "来源：",
    "信息来源",
    "文章来源",
    "浏览次数",
    "浏览量",
    "阅读次数",
    "点击数",
    "字体：",
    "字号：",
    "【字体",
    "打印本页",
    "打印",
    "分享到",
    "分享：",
    "上一篇",
    "下一篇",
    "相关链接",
    "相关阅读",
    "相关文章",
    "版权所有",
    "网站地图",
    "主办单位：",
    "承办单位：",
    "ICP",
    "扫一扫",
    "关闭窗口",
    "【打印",
    "【关闭",
    "责任编辑：",
    "编辑：",
    "作者：",
    "文号：",
    "成文日期",
    "生成日期",
    "主题分类",
    "主题词",
    "有效性",
    "组配分类",
    "名称：",
    "标题：",
    "无障碍",
    "设为首页",
    "收藏本站",
    "技术支持",
    "网站标识码",
    "公网安备",
    "发文机关：",
    "发文字号：",
    "信息分类",
    "内容概述",
    "返回顶部",
    "时间：",
    "点击：",
    "阅读：",
];

/// What furniture the paragraph is, if any.
pub(super) fn furniture(text: &Glyphs) -> Option<Furniture> {
    if text.is_empty() || text.len() > 400 {
        return None;
    }
    if is_date_line(text) {
        return Some(Furniture::Date);
    }
    if document_number(text, text.all()).is_some_and(|range| range.len() + 6 >= text.len()) {
        return Some(Furniture::Number);
    }
    if text.starts(0, "附件") || text.starts(0, "附：") {
        let next = text.ch(2);
        let is_list =
            matches!(next, '：' | '\0' | '。') || next.is_ascii_digit() || text.has_gap(2);
        let is_numbered = super::numerals::is_han_numeral(next);
        if (is_list || is_numbered) && text.len() <= 120 {
            return Some(Furniture::Annex);
        }
    }
    if text.word_at(0, COPIES).is_some() {
        return Some(Furniture::Copies);
    }
    if text.word_at(0, NOTES).is_some() && text.len() <= 80 {
        return Some(Furniture::Note);
    }
    let is_web = text.word_at(0, WEB).is_some() || text.find(text.all(), "ICP备").is_some();
    if is_web && text.len() <= 120 && !super::glyphs::is_stop(text.last()) {
        return Some(Furniture::Web);
    }
    let is_mark = text.ends(text.len(), "文件")
        && text.len() <= 40
        && !text.has_any(text.all(), &["关于", "，"]);
    is_mark.then_some(Furniture::Mark)
}

/// A date alone, or an issuer and a date with 印发.
fn is_date_line(text: &Glyphs) -> bool {
    let Some(first) = (0..text.len().min(60)).find(|&at| dates::full_date(text, at).is_some())
    else {
        return false;
    };
    let Some((_, end)) = dates::full_date(text, first) else {
        return false;
    };
    let rest = text.folded(end..text.len());
    let lead = text.folded(0..first);
    let lead_is_name = !lead.is_empty() && lead.chars().all(|one| is_han(one) || one == ' ');
    match rest.as_str() {
        "印发" | "印" => lead.is_empty() || lead_is_name,
        "" => lead.is_empty() || lead == "（" || (lead_is_name && text.has_gap(first)),
        "）" => lead == "（",
        _ => false,
    }
}

/// Where a 发文字号 stands: 豫科协办发〔2025〕2号.
pub(super) fn document_number(text: &Glyphs, range: Range<usize>) -> Option<Range<usize>> {
    for at in range.clone() {
        if !matches!(text.ch(at), '〔' | '[' | '（' | '【' | '﹝') {
            continue;
        }
        let year = (at + 1..at + 5).all(|step| text.ch(step).is_ascii_digit());
        if !year || !matches!(text.ch(at + 5), '〕' | ']' | '）' | '】' | '﹞') {
            continue;
        }
        let from = at + 6 + usize::from(text.ch(at + 6) == '第');
        let end = (from..from + 6)
            .find(|&step| !text.ch(step).is_ascii_digit())
            .unwrap_or(from);
        if end == from || text.ch(end) != '号' {
            continue;
        }
        let start = (range.start..at)
            .rev()
            .take(20)
            .find(|&step| !is_han(text.ch(step)))
            .map_or_else(|| range.start.max(at.saturating_sub(20)), |step| step + 1);
        if start < at {
            return Some(start..end + 1);
        }
    }
    None
}
