"""The field's words, once: terms in Chinese and English, and what the codes of problems say. The docs print these tables."""

from __future__ import annotations

import re

from yuebao.model import Problem

# English identifier → (Chinese term, what it is)
TERMS: dict[str, tuple[str, str]] = {
    "series": ("资料名称", "a periodical, known by its title and its sponsor's place"),
    "issue": ("期", "one number of a series"),
    "number": ("期号", "the number within the year"),
    "serial_number": ("总期号", "the number since the first issue"),
    "masthead": ("封面与版权页", "title, numbers, imprint"),
    "supervisor": ("主管", "the body above the sponsor"),
    "sponsor": ("主办", "the body that issues the series"),
    "publisher": ("编印单位", "the office that compiles and prints"),
    "distribution": ("发送对象", "to whom the issue goes (also printed as 发放范围)"),
    "notice": ("内部标识", "such as 内部资料 供领导参考"),
    "motto": ("编印宗旨", "the motto as printed"),
    "permit_number": ("准印证号", "the number of the printing permit"),
    "epigraph": ("卷首引语", "the quotation before the contents"),
    "contents": ("目录", "the contents as printed"),
    "column": ("栏目", "a section; may nest"),
    "item": ("条目", "one headline and its entries"),
    "headline": ("条题", "the heading of an item, often run in with the text"),
    "entry": ("记事", "one dated account under a headline"),
    "lead": ("导语", "the opening of an entry"),
    "page": ("页码", "the page as printed"),
    "person": ("人物", "a person named"),
    "office": ("职务", "an office held, as written"),
    "attested": ("见载起止", "first and last seen in print; not the dates of appointment"),
    "finding": ("校对意见", "error 必改, warning 建议, note 存疑"),
    "revision": ("版本", "one stored state of a document"),
    "errata": ("勘误", "the corrections printed later"),
}

SEVERITIES: dict[str, tuple[str, str]] = {"error": ("必改", "must change"), "warning": ("建议", "suggested"), "note": ("存疑", "to check")}

# code → (Chinese, English); `{…}` are filled from the place
PROBLEMS: dict[str, tuple[str, str]] = {
    "R001": ("有 {count} 处字节无法解码，已记作“�”", "{count} places could not be decoded and stand as U+FFFD"),
    "R002": ("有 {count} 个空字符（NUL），已略去", "{count} NUL characters were dropped"),
    "R003": ("文件里有修订痕迹，已按“全部接受”读入，请核对", "The file has tracked changes; it was read with all of them accepted"),
    "R004": ("有 {count} 条脚注或尾注，已排在所在段落之后", "{count} notes stand behind the paragraphs that they belong to"),
    "R005": ("有 {count} 处隐藏文字没有读入", "{count} passages of hidden text were not read"),
    "R006": ("有 {count} 幅图片不在文件里（只有链接），没有读入", "{count} pictures are not in the file but linked, and were not read"),
    "R007": ("有 {count} 处图表、图示或嵌入的文档没有读入", "{count} charts, diagrams or embedded documents were not read"),
    "S001": ("栏目“{title}”的级别是推定的（第 {level} 级），可用提纲文件（--outline）确定", "The level of the column {title} is a guess ({level}); settle it with --outline"),
    "S002": ("本条末句在原文中错位，已移回：{text}", "The last clause of this item was displaced in the source and has been put back: {text}"),
    "S003": ("本条在正文中的次序与目录不同：{title}", "The item stands elsewhere in the body than in the contents: {title}"),
    "S004": ("目录中有、正文中没有找到：{title}", "In the contents, not found in the body: {title}"),
    "S005": ("没有目录，条目依正文的样式分出，请核对", "There is no contents page; items were told by the form of the body"),
    "S006": ("只有目录，没有正文，请检查文件是否完整", "There are contents but no body; is the file complete?"),
    "S007": ("没有找到年份，日期未能确定到年", "No year was found, so dates are left open"),
    "S008": ("提纲中的栏目“{title}”在本期中没有", "The outline's column {title} is not in this issue"),
    "S009": ("有文字不能归入任何条目，已另行保留：{text}", "Text that belongs to no item is kept apart: {text}"),
    "S010": ("正文中有、目录中没有：{title}", "In the body, not in the contents: {title}"),
    "S011": ("目录中有栏目“{title}”，正文中没有找到", "The contents' column {title} was not found in the body"),
    "S012": ("没有认出任何条目，请确认这是一期月报或大事记的文本", "No item was recognised; is this the text of a bulletin or chronicle?"),
}


def problem(code: str, start: int | None, end: int | None, item: int | None = None, **details: object) -> Problem:
    """The Problem of a code at a place of the source, its message in Chinese."""
    return Problem(code=code, message=PROBLEMS[code][0].format(**details), item=item, source_start=start, source_end=end)


def said_of(problem: Problem, language: str = "zh") -> str:
    """What a problem says, in "zh" or "en"; as it stands where its words are of another version of the program."""
    chinese, english = PROBLEMS.get(problem.code, ("", ""))
    # the details are known only from the Chinese words: each field of the form takes what stands in its place
    form = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", re.escape(chinese))
    found = re.fullmatch(form, problem.message, re.DOTALL) if language == "en" else None
    return english.format(**found.groupdict()) if found else problem.message
