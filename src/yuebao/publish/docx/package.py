"""The parts of the Word file and how they hang together: sections, running heads, settings, properties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yuebao.publish.docx.drawn import Drawn
from yuebao.publish.docx.looks import COVER_FOOT, COVER_SIDE, COVER_TOP, FOOTER, HEADER
from yuebao.publish.docx.runs import HEAD, NAMESPACES, NO_HEIGHT, W, attribute, field, paragraph, run, xml
from yuebao.publish.style import Settings, measure_of
from yuebao.word_styles import column_style
from yuebao.zipped import pack

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RUNNING_HEADS = {"header": ("odd", "even"), "footer": ("odd", "even")}


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a style: `first` page number of the body, `running` head, `has_column_heads`: the right-hand pages name their column."""

    settings: Settings
    first: int
    running: str
    has_column_heads: bool


def document(pages: Pages, front: Sequence[str], body: str) -> str:
    """The document part: each thing before the body, where it is not empty, on pages of its own; then the body."""
    sections = [(content, _section(pages, n)) for n, content in enumerate(front) if content]
    if body or not sections:
        sections.append((body or "<w:p/>", _section(pages, None)))
    last, properties = sections.pop()
    ended = "".join(f"{content}<w:p><w:pPr>{NO_HEIGHT}{section}</w:pPr></w:p>" for content, section in sections)
    return f"{HEAD}<w:document {NAMESPACES}><w:body>{ended}{last}{properties}</w:body></w:document>"


def packed(document: str, pages: Pages, styles: str, fonts: str, drawn: Drawn, title: str, creator: str) -> bytes:
    """The file."""
    parts = {
        "word/document.xml": (document, "document.main"),
        "word/styles.xml": (f"{HEAD}<w:styles {NAMESPACES}>{styles}</w:styles>", "styles"),
        "word/settings.xml": (f'{HEAD}<w:settings xmlns:w="{W}">{_SETTINGS}</w:settings>', "settings"),
        "word/fontTable.xml": (f'{HEAD}<w:fonts xmlns:w="{W}">{fonts}</w:fonts>', "fontTable"),
        **{f"word/{kind}_{side}.xml": (_edge(kind, side, pages), kind) for kind, sides in _RUNNING_HEADS.items() for side in sides},
    }
    types = {f"/{name}": f"{_TYPES}.{kind}+xml" for name, (_, kind) in parts.items()}
    types["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    types["/docProps/app.xml"] = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    types |= {f"/{name}": media_type for name, (_, media_type) in drawn.parts.items()}
    related = {kind: (kind, f"{kind}.xml") for kind in ("styles", "settings", "fontTable")}
    related |= {f"{kind}_{side}": (kind, f"{kind}_{side}.xml") for kind, sides in _RUNNING_HEADS.items() for side in sides}
    related |= {relation: ("image", target) for relation, target in drawn.targets.items()}
    root = {"document": ("officeDocument", "word/document.xml"), "app": ("extended-properties", "docProps/app.xml")}
    core = f'<Relationship Id="core" Type="{_RELATIONSHIPS}/metadata/core-properties" Target="docProps/core.xml"/>'
    files = {
        "[Content_Types].xml": _content_types(types),
        "_rels/.rels": _relations(root, core),
        "docProps/core.xml": _core(title, creator),
        "docProps/app.xml": _APP,
        "word/_rels/document.xml.rels": _relations(related),
        **{name: text for name, (text, _) in parts.items()},
    }
    media = {name: data for name, (data, _) in drawn.parts.items()}
    return pack({name: text.encode() for name, text in files.items()} | media, stored=media)


# ---- sections ----

_COVER, _IMPRINT = 0, 1  # places among the parts before the body


def _section(pages: Pages, place: int | None) -> str:
    """The properties of a section; `place` among the parts before the body, None for the body."""
    page, text = pages.settings["page"], pages.settings["text"]
    width, height = page["width"], page["height"]
    inside, top = page["inside"], page["top"]
    outside = width - inside - measure_of(pages.settings)
    bottom = height - top - text["lines"] * text["pitch"]
    if place == _COVER:
        inside = outside = COVER_SIDE
        top, bottom = COVER_TOP, COVER_FOOT
    heads, kind, numbers, stand = "", "nextPage", "", ""
    if place is None:
        heads = "".join(
            f'<w:{kind}Reference w:type="{"default" if side == "odd" else side}" r:id="{kind}_{side}"/>'
            for kind, sides in _RUNNING_HEADS.items() for side in sides)
        kind, numbers = "oddPage" if pages.first % 2 else "evenPage", f'<w:pgNumType w:start="{pages.first}"/>'
    elif place == _IMPRINT:
        stand = '<w:vAlign w:val="bottom"/>'
    margins = f'w:top="{_twips(top)}" w:right="{_twips(outside)}" w:bottom="{_twips(bottom)}" w:left="{_twips(inside)}"'
    return (
        f'<w:sectPr>{heads}<w:type w:val="{kind}"/><w:pgSz w:w="{_twips(width)}" w:h="{_twips(height)}"/>'
        f'<w:pgMar {margins} w:header="{_twips(top * 0.55)}" w:footer="{_twips(bottom * 0.45)}" w:gutter="0"/>'
        f'{numbers}{stand}<w:docGrid w:linePitch="{_twips(text["pitch"])}"/></w:sectPr>')


def _edge(kind: str, side: str, pages: Pages) -> str:
    """A running head or foot: the issue on the left-hand pages, the column on the right-hand ones, the number at the outer edge."""
    outer = "" if side == "even" else '<w:jc w:val="right"/>'
    if kind == "footer":
        content = run("— ") + field("PAGE", str(pages.first)) + run(" —")
    elif side == "odd" and pages.has_column_heads:
        content = field(f'STYLEREF "{column_style(1)}"', pages.running)
    else:
        content = run(pages.running)
    tag, style = ("hdr", HEADER) if kind == "header" else ("ftr", FOOTER)
    return f"{HEAD}<w:{tag} {NAMESPACES}>{paragraph(style, content, properties=outer)}</w:{tag}>"


def _twips(points: float) -> int:
    return round(points * 20)


# ---- the parts around ----


def _content_types(types: Mapping[str, str]) -> str:
    named = "".join(f"<Override PartName={attribute(name)} ContentType={attribute(kind)}/>" for name, kind in types.items())
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{named}</Types>')


def _relations(targets: Mapping[str, tuple[str, str]], more: str = "") -> str:
    named = "".join(f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for name, (kind, target) in targets.items())
    return f'{HEAD}<Relationships xmlns="{_RELATIONSHIPS}">{named}{more}</Relationships>'


def _core(title: str, creator: str) -> str:
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{xml(title)}</dc:title><dc:creator>{xml(creator)}</dc:creator><dc:language>zh-CN</dc:language></cp:coreProperties>")


_APP = (
    f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Yuebao</Application></Properties>")
_SETTINGS = (
    '<w:mirrorMargins/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/>"
    "<w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>')
