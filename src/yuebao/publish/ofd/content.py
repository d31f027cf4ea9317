"""What stands on a page of an OFD file: lines of text, rules and areas, pictures."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise

from yuebao.pages import COLUMN_GAP, LEADERS, Colour, Glyph, Image, Page, Shape, usual_gap, white_between
from yuebao.publish.ofd.cut import DASH, CutFont
from yuebao.publish.ofd.xml import DIGITS, MILLIMETRES, element, number, numbers, steps

NewId = Callable[[], str]
SAME_LINE = 0.02  # points; baselines nearer than this are one
# Room about a line of text, of the size: some programs cut off what stands out of the box.
ABOVE, BELOW, BESIDE = 1.05, 0.35, 0.1
BLACK: Colour = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Resources:
    """What pages refer to: the number of each font, of each colour space, of each picture."""

    fonts: Mapping[str, str]
    cut: Mapping[str, CutFont]
    grey: str
    red_green_blue: str
    plain: str  # the drawing parameters of the page: everything black
    pictures: Mapping[bytes, str]


def page_content(page: Page, resources: Resources, new_id: NewId) -> ET.Element:
    """The root element of a page's file."""
    drawn = [*_shapes(page, resources, new_id), *_pictures(page, resources, new_id), *_texts(page, resources, new_id)]
    layer = element("Layer", {"ID": new_id(), "Type": "Body", "DrawParam": resources.plain}, *drawn)
    return element("Page", None, area(page), element("Content", None, layer))


def area(page: Page) -> ET.Element:
    """The size of a page."""
    box = numbers((0, 0, page.width * MILLIMETRES, page.height * MILLIMETRES))
    return element("Area", None, element("PhysicalBox", None, text=box))


def runs_of(page: Page) -> list[list[Glyph]]:
    """The characters of a page in runs of one look on one baseline, each from left to right, without white space before it."""
    runs: list[list[Glyph]] = []
    for glyph in page.glyphs:
        before = runs[-1][-1] if runs else None
        if before and _goes_on(before, glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [_spaced(kept) for run in runs if (kept := _trimmed(run))]


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    gap = glyph.x - before.end
    is_one = before.look == glyph.look and abs(before.y - glyph.y) < SAME_LINE and not (before.is_turned or glyph.is_turned)
    return is_one and before.x <= glyph.x and gap <= COLUMN_GAP * glyph.look.size


def _spaced(run: list[Glyph]) -> list[Glyph]:
    """The run with a space wherever one is seen and the file has none, so that what is copied has it."""
    usual = usual_gap(run)
    out = run[:1]
    for before, glyph in pairwise(run):
        if white_between(before, glyph, usual) and before.character not in LEADERS:
            out.append(replace(before, character=" ", x=before.end, end=glyph.x))
        out.append(glyph)
    return out


def _trimmed(run: list[Glyph]) -> list[Glyph]:
    """The run from its first character that is seen; a space at its end is kept, for what is copied goes on with the next run."""
    return list(dropwhile(lambda glyph: glyph.character.isspace(), run))


# ---- text ----


def _texts(page: Page, resources: Resources, new_id: NewId) -> Iterator[ET.Element]:
    for run in runs_of(page):
        for piece in _pieces(run, resources.cut[run[0].look.font]):
            yield _text(piece, page, resources, new_id)


def _pieces(run: Sequence[Glyph], font: CutFont) -> Iterator[list[Glyph]]:
    """The run with each group of characters that one glyph shows by itself: programs do not agree how its steps are counted."""
    plain: list[Glyph] = []
    at = 0
    while at < len(run):
        end = at + 1
        while end < len(run) and ord(run[end].character) not in font.glyphs:
            end += 1  # a variation selector: it is seen in the character before it
        if _is_dash(run[at:at + 2], font):
            end = max(end, at + 2)
        if end > at + 1:
            if plain:
                yield plain
            yield list(run[at:end])
            plain = []
        else:
            plain.append(run[at])
        at = end
    if plain:
        yield plain


def _is_dash(pair: Sequence[Glyph], font: CutFont) -> bool:
    """Whether two characters are the Chinese dash, which must not be broken, and the font has it as one glyph."""
    return font.dash is not None and len(pair) == 2 and all(ord(glyph.character) == DASH for glyph in pair)


def _text(run: Sequence[Glyph], page: Page, resources: Resources, new_id: NewId) -> ET.Element:
    first, last, look = run[0], run[-1], run[0].look
    left, top, right, bottom = _inside(page, (
        first.x - BESIDE * look.size, first.y - ABOVE * look.size, last.end + BESIDE * look.size, first.y + BELOW * look.size))
    across = [glyph.x * MILLIMETRES - left for glyph in run]
    code = {"X": number(across[0]), "Y": number(first.y * MILLIMETRES - top)}
    if len(run) > 1:
        code["DeltaX"] = steps(across)
    box = numbers((left, top, right - left, bottom - top))
    said = {"ID": new_id(), "Boundary": box, "Font": resources.fonts[look.font], "Size": number(look.size * MILLIMETRES)}
    if look.outline:
        said |= {"Stroke": "true", "LineWidth": number(look.outline * MILLIMETRES)}
    inner = list(_colours(look.colour, look.colour if look.outline else None, resources, ("FillColor", "StrokeColor")))
    text = element("TextCode", code, text="".join(glyph.character for glyph in run))
    return element("TextObject", said, *inner, *_substitutes(run, resources.cut[look.font]), text)


def _substitutes(run: Sequence[Glyph], font: CutFont) -> Iterator[ET.Element]:
    """Which glyphs show the characters for which it is not the one that the font's character map names."""
    if _is_dash(run[:2], font):
        yield _substitute(0, len(run), font.dash or 0)
    elif any(ord(glyph.character) not in font.glyphs for glyph in run):
        yield _substitute(0, len(run), font.glyphs.get(ord(run[0].character), 0))
    else:
        for n, glyph in enumerate(run):
            shown, chinese, western = font.western.get(ord(glyph.character), (0, 0.0, 0.0))
            width = (glyph.end - glyph.x) / glyph.look.size
            if abs(width - western) < abs(width - chinese):
                yield _substitute(n, 1, shown)


def _substitute(position: int, count: int, glyph: int) -> ET.Element:
    said = {"CodePosition": str(position), "CodeCount": str(count), "GlyphCount": "1"}
    return element("CGTransform", said, element("Glyphs", None, text=str(glyph)))


# ---- rules, areas, pictures ----


def _shapes(page: Page, resources: Resources, new_id: NewId) -> Iterator[ET.Element]:
    for shape in page.shapes:
        around = shape.width / 2 if shape.stroke is not None else 0.01
        left, top, right, bottom = shape.box()
        box = _inside(page, (left - around, top - around, right + around, bottom + around))
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        said = {"ID": new_id(), "Boundary": numbers((box[0], box[1], box[2] - box[0], box[3] - box[1]))}
        if shape.stroke is not None:
            said["LineWidth"] = number(shape.width * MILLIMETRES)
        else:
            said["Stroke"] = "false"
        if shape.fill is not None:
            said["Fill"] = "true"
        path = element("AbbreviatedData", None, text=_path(shape, box[0], box[1]))
        yield element("PathObject", said, *_colours(shape.stroke, shape.fill, resources, ("StrokeColor", "FillColor")), path)


def _path(shape: Shape, left: float, top: float) -> str:
    return " ".join(
        " ".join([kind, *(numbers((x * MILLIMETRES - left, y * MILLIMETRES - top)) for x, y in points)]) for kind, points in shape.steps)


def _pictures(page: Page, resources: Resources, new_id: NewId) -> Iterator[ET.Element]:
    for image in page.images:
        left, top, right, bottom = _inside(page, (image.left, image.top, image.right, image.bottom))
        wide, high = right - left, bottom - top
        yield element("ImageObject", {
            "ID": new_id(), "Boundary": numbers((left, top, wide, high)), "CTM": numbers((wide, 0, 0, high, 0, 0)),
            "ResourceID": resources.pictures[image.data],
        })


def pictures_of(pages: Sequence[Page]) -> dict[bytes, Image]:
    """Every picture once, in order."""
    return {image.data: image for page in pages for image in page.images}


def _inside(page: Page, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """A box of points in millimetres, cut to the page."""
    left, top, right, bottom = box
    across = [round(min(max(x, 0.0), page.width) * MILLIMETRES, DIGITS) for x in (left, right)]
    down = [round(min(max(y, 0.0), page.height) * MILLIMETRES, DIGITS) for y in (top, bottom)]
    return across[0], down[0], across[1], down[1]


def _colours(
    one: Colour | None, other: Colour | None, resources: Resources, names: tuple[str, str],
) -> Iterator[ET.Element]:
    """The colours that are not black, grey as grey."""
    for name, colour in zip(names, (one, other), strict=True):
        if colour is None or colour == BLACK:
            continue
        if len(set(colour)) == 1:
            yield element(name, {"Value": str(colour[0]), "ColorSpace": resources.grey})
        else:
            yield element(name, {"Value": " ".join(map(str, colour)), "ColorSpace": resources.red_green_blue})
