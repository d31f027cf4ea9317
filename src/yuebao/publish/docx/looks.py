"""How the styles of the Word file look: those of `word_styles` and Word's own that they rest on, measured as the chosen style is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from yuebao.publish.docx.parts import DEEPEST
from yuebao.publish.style import Settings
from yuebao.text import xml_attribute
from yuebao.word_styles import PARAGRAPHS, RUNS, column_level, column_style, run_style_of, style_of

BODY, HEADER, FOOTER, TABLE, CELL, HEAD_CELL = "Normal", "header", "footer", "月报表格", "月报表格字", "月报表头字"
# The family that an office's machine has for each role of fonts; LibreOffice takes the second where it lacks the first.
FAMILIES = {"song": "宋体", "hei": "黑体", "kai": "楷体", "fang": "仿宋", "title": "宋体"}
STAND_INS = {
    "宋体": "SimSun;Songti SC;Noto Serif CJK SC;Noto Serif SC", "黑体": "SimHei;Heiti SC;Noto Sans CJK SC;Noto Sans SC",
    "楷体": "KaiTi;Kaiti SC;LXGW WenKai", "仿宋": "FangSong;STFangsong;Noto Serif CJK SC;Noto Serif SC",
}
COVER_SIDE, COVER_TOP, COVER_FOOT = (mm * 72 / 25.4 for mm in (24, 22, 18))  # margins of the cover
COVER_SLACK = 70.0  # points: a second line of the place, the rule, and enough that no program needs a second page
LATIN = "Times New Roman"
GREY = "595959"
# as the set book: no mark hangs over the edge, no white where Latin meets Chinese
_AS_SET = '<w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
_OWN = [*PARAGRAPHS, *RUNS, TABLE, CELL, HEAD_CELL]
_WORDS = {BODY: "Normal", HEADER: "Header", FOOTER: "Footer"}
_WORDS |= {f"heading {n}": f"Heading{n}" for n in range(1, DEEPEST + 1)} | {f"toc {n}": f"TOC{n}" for n in range(1, DEEPEST + 1)}
_IDS = _WORDS | {name: f"YB{n:02}" for n, name in enumerate(_OWN, 1)}


def style_id(name: str) -> str:
    """The identifier of a style in the file."""
    level = column_level(name)
    if level is None:
        return _IDS[name]
    return f"YBColumn{level}" + ("" if name == column_style(level) else "Listed")


@dataclass(frozen=True)
class Look:
    """One style. Lengths in points; `indent`: ems of the first line; `line`: the height of a line, 0 as what is in it needs; `level`: in
    the outline, from 1; `stays`: on the page of what follows; `spread`: white between characters; `edge`: a rule around.
    """

    name: str
    based: str | None = BODY
    size: float | None = None
    role: str | None = None
    align: str | None = None
    indent: float = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    before: float = 0
    after: float = 0
    line: float | None = None
    level: int | None = None
    tab: float | None = None
    stays: bool = False
    spread: float = 0
    edge: str = ""
    colour: str | None = None


def styles_xml(settings: Settings, families: Mapping[str, str], depth: int) -> str:
    """The styles part. `families` by role come before those of FAMILIES; `depth`: levels of columns."""
    looks = [*_front(settings), *_body(settings, depth), *_contents(settings, depth), *_edges(settings)]
    fonts = {**FAMILIES, **families}
    size = settings["text"]["size"]
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_font(settings["roles"]["body"], fonts)}<w:kern w:val="2"/><w:sz w:val="{_half(size)}"/>'
        f'<w:szCs w:val="{_half(size)}"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>")
    return defaults + "".join(_style(look, settings, fonts) for look in looks) + _runs(settings, fonts) + _table()


def font_table() -> str:
    """The fonts with what may stand for them."""
    return "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, others in STAND_INS.items())


# ---- which styles there are ----


def white_on_cover(settings: Settings) -> float:
    """The white between the head and the foot of the cover, in points."""
    used = sum((look.line or 0) + look.before + look.after for look in _cover(settings))
    height: float = settings["page"]["height"]
    return max(height - COVER_TOP - COVER_FOOT - used - COVER_SLACK, COVER_SLACK)


def _cover(settings: Settings) -> Iterator[Look]:
    sizes, roles = settings["sizes"], settings["roles"]
    accent = settings["cover"]["accent"].lstrip("#")
    rule = (f'<w:pBdr><w:bottom w:val="thickThinMediumGap" w:sz="24" w:space="14" w:color="{accent}"/></w:pBdr>')

    def cover(field: str, size: float, role: str, **more: Any) -> Look:
        return Look(style_of("masthead", field), size=size, role=role, **{"align": "center", "line": size * 1.5, **more})

    yield cover("notice", 10.5, roles["cover"], align="left", after=90)
    yield cover("title", sizes["title"], roles["title"], spread=sizes["title"] * 0.14, after=16)
    yield cover("title_pinyin", 11, roles["body"], spread=3.5, colour=GREY, edge=rule, after=14)
    yield cover("number", sizes["number"], roles["cover"], spread=1)
    yield cover("serial_number", 12.5, roles["body"])
    yield cover("motto", 13.5, roles["body"], spread=2, after=30)
    yield cover("place_line", 12, roles["body"], spread=1.2, after=18)
    yield cover("sponsor", 13, roles["cover"], spread=0.8)


def _front(settings: Settings) -> Iterator[Look]:
    sizes, roles = settings["sizes"], settings["roles"]
    yield from _cover(settings)
    imprint = sizes["imprint"]
    yield Look(style_of("masthead", None), size=imprint, line=imprint * 1.9, left=imprint * 5.5, hanging=imprint * 5.5)
    yield Look(style_of("furniture", None), size=imprint, line=imprint * 1.9)
    yield Look(style_of("epigraph", "heading"), size=sizes["front"], role=roles["front"], align="center", before=110, after=36,
               line=sizes["front"] * 1.5, spread=sizes["front"] * 0.3)
    said = sizes["epigraph"]
    yield Look(style_of("epigraph", "text"), size=said, role=roles["epigraph"], line=said * 1.93, indent=2, left=said * 2, right=said * 2)
    yield Look(style_of("epigraph", "attribution"), align="right", before=22, left=said * 2, right=said * 2)


def _body(settings: Settings, depth: int) -> Iterator[Look]:
    sizes, roles, text = settings["sizes"], settings["roles"], settings["text"]
    pitch = text["pitch"]
    yield Look(BODY, based=None, align="both", line=pitch)
    for level in range(1, DEEPEST + 1):
        yield _heading(level, settings)
    for level in range(1, max(depth, DEEPEST) + 1):
        for other in (False, True):
            yield Look(column_style(level, other), based=f"heading {min(level, DEEPEST)}")
    for field in (None, "listed"):
        yield Look(style_of("headline", field), role=roles["headline"], indent=2, level=min(depth + 1, DEEPEST), stays=True)
    yield Look(style_of("item", None), indent=2)
    yield Look(style_of("entry", None), indent=2)
    yield Look(style_of("table", None), size=sizes["table"] + 0.5, role=roles["table_head"], align="center", before=pitch / 2,
               after=pitch / 4, stays=True)
    yield Look(CELL, size=sizes["table"], align="center", line=sizes["table"] * 1.5)
    yield Look(HEAD_CELL, based=CELL, role=roles["table_head"])
    # as high as its picture is, off the grid
    yield Look(style_of("figure", None), align="center", line=0, before=pitch, after=pitch / 3, stays=True)
    yield Look(style_of("caption", None), size=sizes["caption"], role=roles["caption"], align="center", after=pitch)


def _heading(level: int, settings: Settings) -> Look:
    sizes, roles, pitch = settings["sizes"], settings["roles"], settings["text"]["pitch"]
    place = min(level, 3) - 1
    size = (sizes["column"], sizes["subcolumn"], sizes["minor"])[place]
    height = _height_of_heading(size, settings)
    before, around = settings["columns"]["before"][place], _white_around(place, height, settings)
    return Look(f"heading {level}", size=size, role=roles["column" if level == 1 else "subcolumn"], line=height, stays=True, level=level,
                align="center" if level == 1 else "left", indent=(0, 0, 2)[place], before=before * pitch + around, after=around,
                spread=size * 0.12 if level == 1 else 0)


def white_at_top(settings: Settings) -> float:
    """The white that stands before a first column that opens a page, in points: Word takes none away behind a break."""
    return _white_around(0, _height_of_heading(settings["sizes"]["column"], settings), settings)


def _height_of_heading(size: float, settings: Settings) -> float:
    return max(float(settings["text"]["pitch"]), size * 1.2)


def _white_around(place: int, height: float, settings: Settings) -> float:
    """What the lines of the grid that a heading takes leave above it, and below."""
    return max(float(settings["columns"]["lines"][place] * settings["text"]["pitch"]) - height, 0) / 2


def _contents(settings: Settings, depth: int) -> Iterator[Look]:
    sizes, roles = settings["sizes"], settings["roles"]
    size, measure = sizes["contents"], _measure(settings)
    yield Look(style_of("furniture", "heading"), size=sizes["front"], role=roles["front"], align="center", after=28,
               line=sizes["front"] * 1.5, spread=sizes["front"] * 1.2)
    # One level more than there is: LibreOffice sets the row of a TC field there. None `stays`: it would lose rows that follow such a one.
    for level in range(1, min(depth + 2, DEEPEST) + 1):
        is_item = level > depth
        left = size * 1.2 * min(level - 1, depth, 3) + size
        yield Look(f"toc {level}", size=size + (1.5 if level == 1 and not is_item else 0), role=None if is_item else roles["column"],
                   align="left", left=left, hanging=size, tab=measure, line=size * 1.5,
                   before=2 if is_item else 8 if level == 1 else 5, after=2)


def _edges(settings: Settings) -> Iterator[Look]:
    sizes, roles = settings["sizes"], settings["roles"]
    rule = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="auto"/></w:pBdr>'
    yield Look(HEADER, size=sizes["running"], role=roles["running"], align="left", line=sizes["running"] * 1.4, edge=rule)
    yield Look(FOOTER, size=sizes["folio"], role=roles["folio"], align="left", line=sizes["folio"] * 1.4)


# ---- as WordprocessingML ----


def _style(look: Look, settings: Settings, fonts: Mapping[str, str]) -> str:
    default = ' w:default="1"' if look.name == BODY else ""
    custom = "" if look.name in _WORDS else ' w:customStyle="1"'
    based = f'<w:basedOn w:val="{style_id(look.based)}"/>' if look.based else ""
    follows = style_id(style_of("entry")) if look.level else style_id(look.name)
    return (
        f'<w:style w:type="paragraph"{default}{custom} w:styleId="{style_id(look.name)}"><w:name w:val={xml_attribute(look.name)}/>{based}'
        f'<w:next w:val="{follows}"/><w:qFormat/><w:pPr>{_paragraph_look(look, settings)}</w:pPr>'
        f"<w:rPr>{_run_look(look, fonts)}</w:rPr></w:style>")


def _paragraph_look(look: Look, settings: Settings) -> str:
    """The properties in the order that the schema asks for."""
    out = ["<w:keepNext/>" if look.stays else "", look.edge]
    if look.tab is not None:
        out.append(f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{_twips(look.tab)}"/></w:tabs>')
    if look.name == BODY:
        out.append(_AS_SET)
    if look.line is not None or look.before or look.after:
        out.append(f'<w:spacing w:before="{_twips(look.before)}" w:after="{_twips(look.after)}" {_line_height(look.line)}/>')
    if look.left or look.right or look.hanging or look.indent:
        ems = look.indent * (look.size or settings["text"]["size"])
        first = f'w:firstLineChars="{round(look.indent * 100)}" w:firstLine="{_twips(ems)}"'
        if look.hanging:
            first = f'w:hanging="{_twips(look.hanging)}"'
        out.append(f'<w:ind w:left="{_twips(look.left)}" w:right="{_twips(look.right)}" {first}/>')
    if look.align:
        out.append(f'<w:jc w:val="{look.align}"/>')
    if look.level:
        out.append(f'<w:outlineLvl w:val="{look.level - 1}"/>')
    return "".join(out)


def _line_height(points: float | None) -> str:
    if points is None:
        return ""
    return f'w:line="{_twips(points)}" w:lineRule="exact"' if points else 'w:line="240" w:lineRule="auto"'


def _run_look(look: Look, fonts: Mapping[str, str]) -> str:
    out = _font(look.role, fonts) if look.role else ""
    out += f'<w:color w:val="{look.colour}"/>' if look.colour else ""
    out += f'<w:spacing w:val="{_twips(look.spread)}"/>' if look.spread else ""
    return out + (f'<w:sz w:val="{_half(look.size)}"/><w:szCs w:val="{_half(look.size)}"/>' if look.size else "")


def _font(role: str, fonts: Mapping[str, str]) -> str:
    plain = role.removesuffix(" bold")
    family = xml_attribute(fonts[plain])
    latin = xml_attribute(fonts[plain] if plain == "hei" else LATIN)
    weight = "<w:b/>" if plain != role else '<w:b w:val="0"/>'
    return f"<w:rFonts w:ascii={latin} w:hAnsi={latin} w:eastAsia={family} w:cs={xml_attribute(LATIN)}/>{weight}"


def _runs(settings: Settings, fonts: Mapping[str, str]) -> str:
    looks = {run_style_of(part): _font(settings["roles"][role], fonts) for part, role in (("byline", "byline"), ("credit", "caption"))}
    return "".join(
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{style_id(name)}"><w:name w:val={xml_attribute(name)}/>'
        f'<w:qFormat/><w:rPr>{looks.get(name, "")}</w:rPr></w:style>' for name in RUNS)


def _table() -> str:
    def rule(edge: str, size: int) -> str:
        return f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="auto"/>'

    borders = rule("top", 8) + rule("bottom", 8) + rule("insideH", 4) + rule("insideV", 4)
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id(TABLE)}"><w:name w:val="{TABLE}"/><w:tblPr>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
        '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>')


def _measure(settings: Settings) -> float:
    text = settings["text"]
    return float(settings["page"].get("measure") or text["characters"] * text["size"])


def _twips(points: float) -> int:
    return round(points * 20)


def _half(points: float) -> int:
    """Half points, as Word counts sizes."""
    return round(points * 2)
