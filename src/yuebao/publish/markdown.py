r"""Markdown for those who paste: CommonMark with GFM's tables, plain enough to be read as it stands. Read back by `read.markdown`.

    # 资料名称
    - 期次：2022年5月第5期（总第86期）     the masthead, a row a field; any other label is the role of editors
    > **标题** / > 引语 / > ——出处          the epigraph
    ## 栏目                                 a column of the first level, ### one of the second, …; without title where nothing follows
    **条题**　记事                          an item, its headline run in; each further paragraph is a further entry
    ***                                     begins an item without headline (not needed at the head of a column)
    *署名：…*  *表：…*  *图：…*  *〔内部〕*   byline of the entry above, caption of the table below, figure, the next item is internal
    | 项 | 数 |                             a table

A line end within a text is `\` at the end of a line (`<br>` in a row or cell); what stands alone as `<br>` is empty. Signs that would be
markup have `\` before them, white space at an end and control characters are numeric references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from yuebao.model import Entry, Epigraph, Figure, Issue, Item, Masthead, Table
from yuebao.publish import flow
from yuebao.publish.setting import Setting

# A text for pasting has no 目录 of its own and no pictures; tables stand behind their paragraphs; it shows what is printed and no more.
CANNOT_HOLD = flow.CANNOT_HOLD | frozenset({"figures", "contents_title", "contents_headline", "said_on", "internal"})

LABELS: Mapping[str, str] = {
    "title_pinyin": "题名拼音", "notice": "内部标识", "motto": "编印宗旨", "place_line": "地名", "supervisor": "主管", "sponsor": "主办",
    "publisher": "编印", "address": "地址", "phone": "电话", "email": "邮箱", "permit_number": "准印证号", "printer": "印刷",
    "print_run": "印数", "printed_on": "印刷日期", "published_on": "编印日期", "distribution": "发放范围",
}
NUMBERS = "期次"
DEEPEST = 5  # levels of columns that headings have room for; deeper ones stand at this
EMPTY = "<br>"
RULE = "***"
_SIGNS = re.compile(r"[\\`*_\[\]<~|]|&(?=[#\w])")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")
_EDGE = re.compile(r"^\s+|\s+$")


def write_markdown(issue: Issue, setting: Setting) -> bytes:
    """The Markdown text of the issue, in UTF-8."""
    del setting
    blocks = [*_masthead(issue.masthead), *_epigraph(issue.epigraph)]
    figures = flow.figures_of(issue)
    blocks += [_figure(figure) for figure in figures.get(None, ())]
    for number, section in enumerate(flow.sections_of(issue)):
        blocks += _section(section, figures, may_be_bare=number == 0 and issue.masthead.title is not None)
    return ("\n\n".join(block for block in blocks if block) + "\n").encode("utf-8", "replace")


def _masthead(head: Masthead) -> Iterator[str]:
    if head.title is not None:
        yield f"# {_heading(head.title)}"
    rows = [(NUMBERS, _numbers(head))] if _numbers(head) else []
    values = {field: getattr(head, field) for field in LABELS}
    shown = [(field, LABELS[field], _row(str(value))) for field, value in values.items() if value is not None]
    above = [(label, text) for field, label, text in shown if field in ("title_pinyin", "notice", "motto", "place_line")]
    bodies = [(label, text) for field, label, text in shown if field in ("supervisor", "sponsor", "publisher")]
    below = [(label, text) for field, label, text in shown if (label, text) not in above + bodies]
    rows += above + bodies + list(_editors(head)) + below
    yield "\n".join(f"- {label}：{text}" for label, text in rows)


def _numbers(head: Masthead) -> str:
    parts = ((head.year, "{}年"), (head.month, "{}月"), (head.number, "第{}期"), (head.serial_number, "（总第{}期）"))
    return "".join(form.format(value) for value, form in parts if value is not None)


def _editors(head: Masthead) -> Iterator[tuple[str, str]]:
    for role, editors in groupby(head.editors, key=lambda editor: editor.role):
        label = _row(role).replace("：", "&#65306;") or EMPTY
        if label in (*LABELS.values(), NUMBERS):
            label = f"&#{ord(label[0])};{label[1:]}"
        yield label, "、".join(_row(editor.name).replace("、", "&#12289;") for editor in editors)


def _epigraph(epigraph: Epigraph | None) -> Iterator[str]:
    if epigraph is None:
        return
    paragraphs = [] if epigraph.heading is None else [f"**{_bold(epigraph.heading)}**"]
    paragraphs.append(_dashed(_paragraph(epigraph.text)))
    if epigraph.attribution is not None:
        paragraphs.append("——" + _dashed(_paragraph(epigraph.attribution)))
    yield "\n".join("> " + line if line else ">" for line in "\n\n".join(paragraphs).split("\n"))


def _dashed(text: str) -> str:
    """The text, its first dash written so that it is not that of the attribution."""
    return "&#8212;" + text[1:] if text.startswith("—") else text


def _section(section: flow.Section, figures: Mapping[int | None, Sequence[Figure]], may_be_bare: bool) -> Iterator[str]:
    """The blocks of a column. The first may do without an empty heading; a file without any heading would not be known for Markdown."""
    column = section.column
    sign = "#" * (min(section.level, DEEPEST) + 1)
    if column.title:
        yield f"{sign} {_heading(column.title)}"
    elif not (may_be_bare and column.items):
        yield sign
    for number, item in enumerate(column.items):
        yield from _item(item, figures.get(item.number, ()), is_first=number == 0)
    for inner in section.inner:
        yield from _section(inner, figures, may_be_bare=False)


def _item(item: Item, figures: Sequence[Figure], is_first: bool) -> Iterator[str]:
    if item.internal is True:
        yield "*〔内部〕*"
    parts = flow.parts_of(item, figures)
    headline = f"**{_bold(item.headline)}**" if item.headline is not None else None
    if headline is None and (not is_first or not item.entries):
        yield RULE
    if headline is not None and not (parts and isinstance(parts[0], Entry)):
        yield headline
    for number, part in enumerate(parts):
        if isinstance(part, Entry):
            text = _paragraph(item.text[part.start:part.end])
            yield f"{headline}\u3000{text}" if headline is not None and number == 0 else text
            if part.byline is not None:
                yield f"*署名：{_row(part.byline)}*"
        elif isinstance(part, Table):
            yield from _table(part)
        else:
            yield _figure(part)


def _table(table: Table) -> Iterator[str]:
    """Rows are filled up to the longest, for GFM takes no others; a table without cells is none."""
    width = max(map(len, table.rows), default=0)
    if width:
        if table.caption is not None:
            yield f"*表：{_row(table.caption)}*"
        lines = [[*map(_row, row), *[EMPTY] * (width - len(row))] for row in table.rows]
        lines.insert(1, ["---"] * width)
        yield "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _figure(figure: Figure) -> str:
    credit = f"（{figure.credit}\u3000摄）" if figure.credit else ""
    return f"*图：{_row((figure.caption or '') + credit)}*"


# ---- the signs of a text ----


def _paragraph(text: str) -> str:
    """A text as a paragraph, a line end within it `\\` at the end of a line."""
    if not text:
        return EMPTY
    inner = text.strip("\n")
    if not inner:
        return "&#10;" * len(text)
    before, behind = text[:text.index(inner)], text[text.index(inner) + len(inner):]
    lines = [_at_start(_escaped(_EDGE.sub(_references, line))) for line in inner.split("\n")]
    return "&#10;" * len(before) + "\\\n".join(lines) + "&#10;" * len(behind)


def _bold(text: str) -> str:
    """A text between `**`, which take no white space beside them."""
    return "\\\n".join(_escaped(_EDGE.sub(_references, line)) for line in text.split("\n")) if text.strip("\n") else EMPTY


def _heading(text: str) -> str:
    return _escaped(_EDGE.sub(_references, text)).replace("\n", "&#10;").replace("#", "\\#").replace("&\\#", "&#")


def _row(text: str) -> str:
    """A text on one line; one of a line end alone is a reference, for `<br>` alone is nothing."""
    return "&#10;" if text == "\n" else "<br>".join(_escaped(_EDGE.sub(_references, line)) for line in text.split("\n"))


def _references(found: re.Match[str]) -> str:
    return "".join(f"\0{ord(character)};" for character in found[0])


def _escaped(text: str) -> str:
    """The text with its signs escaped; a reference (NUL, digits, semicolon) made before is left."""
    text = _SIGNS.sub(lambda found: "\\" + found[0], text)
    return flow.ODD.sub(lambda found: "&#" if found[0] == "\0" else f"&#{ord(found[0])};", text)


def _at_start(line: str) -> str:
    """A line whose first signs begin no list, heading or quotation."""
    if line[:1] in "#>+=-" and line:
        return "\\" + line
    return _NUMBERED.sub(r"\1\\\2", line)
