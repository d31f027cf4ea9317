"""Elements and measures as GB/T 33190 writes them: its namespace, millimetres, lists with blanks between."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from itertools import groupby

NAMESPACE = "http://www.ofdspec.org/2016"
PREFIX = "ofd"
MILLIMETRES = 25.4 / 72  # in a point
DIGITS = 4  # behind the decimal point
NEAR = 0.002  # millimetres that a character may stand beside its place, so that equal steps are written as equal ones
SHORTEST_RUN = 4  # equal steps that are worth the short form `g count step`
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, attributes: dict[str, str] | None = None, *inner: ET.Element, text: str | None = None) -> ET.Element:
    """An element of the standard's namespace, its attributes in the order given."""
    made = ET.Element(f"{PREFIX}:{name}", attributes or {})
    made.extend(inner)
    if text is not None:
        made.text = _ILLEGAL.sub("", text)
    return made


def document(root: ET.Element) -> bytes:
    """The file of a root element."""
    root.attrib = {f"xmlns:{PREFIX}": NAMESPACE, **root.attrib}
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}'.encode()


def legal(text: str) -> str:
    """The text without the characters that XML does not allow."""
    return _ILLEGAL.sub("", text)


def number(millimetres: float) -> str:
    """A measure, without digits that say nothing."""
    said = f"{millimetres:.{DIGITS}f}".rstrip("0").rstrip(".")
    return "0" if said in ("-0", "") else said


def numbers(values: Iterable[float]) -> str:
    """A list of measures."""
    return " ".join(map(number, values))


def steps(places: Sequence[float]) -> str:
    """The steps from place to place, equal ones in a row in the short form of the standard. No place is missed by more than NEAR."""
    told: list[str] = []
    at, step = round(places[0], DIGITS), 0.0
    for place in places[1:]:
        if abs(at + step - place) > NEAR:
            step = round(place - at, DIGITS)
        told.append(number(step))
        at += step
    out = []
    for said, run in groupby(told):
        count = len(list(run))
        out += [f"g {count} {said}"] if count >= SHORTEST_RUN else [said] * count
    return " ".join(out)
