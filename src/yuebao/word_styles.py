"""The styles of our Word files: their names, and what stands in each. The writer sets by them, the reader knows the parts by them.

Each name begins with 月报, so that they stand together in Word's list and no style of somebody else's is taken for one of ours.
"""

from __future__ import annotations

from yuebao.text import chinese_number

Part = tuple[str, str | None]  # a role of `model.Mark` and a field

# What a paragraph of the style is. "目录另题": the 目录 has other words than the body, and a TC field has them.
PARAGRAPHS: dict[str, Part] = {
    "月报内部标识": ("masthead", "notice"),
    "月报资料名称": ("masthead", "title"),
    "月报拼音": ("masthead", "title_pinyin"),
    "月报期号": ("masthead", "number"),
    "月报总期号": ("masthead", "serial_number"),
    "月报编印宗旨": ("masthead", "motto"),
    "月报地名": ("masthead", "place_line"),
    "月报主办": ("masthead", "sponsor"),
    "月报版权页": ("masthead", None),
    "月报引语标题": ("epigraph", "heading"),
    "月报引语": ("epigraph", "text"),
    "月报引语出处": ("epigraph", "attribution"),
    "月报目录标题": ("furniture", "heading"),
    "月报版面": ("furniture", None),
    "月报条题": ("headline", None),
    "月报条题（目录另题）": ("headline", "listed"),
    "月报无题记事": ("item", None),
    "月报记事": ("entry", None),
    "月报表题": ("table", None),
    "月报图": ("figure", None),
    "月报图说": ("caption", None),
}
# What a run of the style within a paragraph is.
RUNS: dict[str, Part] = {
    "月报版面字": ("furniture", None),
    "月报引语日期": ("epigraph", "said_on"),
    "月报署名": ("byline", None),
    "月报图号": ("figure", None),
    "月报摄影": ("credit", None),
    "月报内部": ("internal", None),
}
# The label before a value of the imprint, and its field; any other label is the role of editors.
IMPRINT: dict[str, str] = {
    "主管": "supervisor", "主办": "sponsor", "编印": "publisher", "地址": "address", "电话": "phone", "邮箱": "email",
    "准印证号": "permit_number", "印刷": "printer", "印数": "print_run", "印刷日期": "printed_on", "编印日期": "published_on",
    "发放范围": "distribution",
}
CONTROL_FONT = "月报控制符"  # a symbol in it, F000 and more, is a control character, which XML has no way to write
CONTROL_BASE = 0xF000
_LEVELS = "一二三四五六七八九"
_COLUMN, _COLUMN_END, _LISTED = "月报", "级栏目", "（目录另题）"
_BY_PART = {part: name for name, part in (*RUNS.items(), *PARAGRAPHS.items())}


def style_of(role: str, field: str | None = None) -> str:
    """The name of the paragraph style for a part."""
    return _BY_PART[role, field]


def run_style_of(role: str, field: str | None = None) -> str:
    """The name of the style for a part within a paragraph."""
    return next(name for name, part in RUNS.items() if part == (role, field))


def column_style(level: int, is_listed_otherwise: bool = False) -> str:
    """The name of the style for a column's heading; `level` from 1."""
    numeral = _LEVELS[level - 1] if level <= len(_LEVELS) else str(level)
    return f"{_COLUMN}{numeral}{_COLUMN_END}{_LISTED if is_listed_otherwise else ''}"


def column_level(name: str) -> int | None:
    """The level of the column whose heading is in such a style; None for any other style."""
    plain = name.removesuffix(_LISTED)
    if not (plain.startswith(_COLUMN) and plain.endswith(_COLUMN_END)):
        return None
    return chinese_number(plain[len(_COLUMN):-len(_COLUMN_END)])
