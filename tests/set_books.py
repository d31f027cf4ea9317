"""Set books for the tests: the sample series, the real issues and an invented one, each published once a format and read back."""

import hashlib
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

from material import TEXTS, reading
from test_publish_pictures import JPEG
from yuebao.model import Figure, to_json
from yuebao.publish import Setting, publish
from yuebao.publish.book import FIXED_TEXT
from yuebao.publish.ofd import cut, package
from yuebao.publish.pdf import write_pdf
from yuebao.read import read
from yuebao.structure import structure

sys.path.insert(0, str(Path(__file__).parent / "publish"))
import yunling

NAMES = [path.name for path in TEXTS]
INVENTED = "yunling"
MANY = 300  # characters that are quicker cut with all others
_own_cut = cut._cut
_every = frozenset(map(ord, "".join([to_json(yunling.issue_with_extras()), *(reading(path)[1].text for path in TEXTS), FIXED_TEXT, "（）、\u3000目录主办管编印册期总第年月日地址电话邮箱数刷准证号发放范围摄"])))


@cache
def issue(name):
    """The issue of that name; the invented one has figures, tables and several entries."""
    if name == INVENTED:
        made = yunling.issue_with_extras()
        item = made.items()[2]
        figure = Figure("figure-1", item.number, len(item.text), "代表察看澄江航道生态护岸", "温如玉", "image/jpeg", hashlib.sha256(JPEG).hexdigest())
        return replace(made, masthead=replace(made.masthead, place_line="中国 · 云陵"), figures=(figure,))
    return next(reading(path)[0] for path in TEXTS if path.name == name)


@cache
def published(name, format):
    """The bytes of the published file."""
    return publish(issue(name), format, Setting(pictures={hashlib.sha256(JPEG).hexdigest(): JPEG}))


def pdf_of(made, setting):
    """In place of `write_pdf` under OFD: the PDF that is there already."""
    name = next((name for name in (*NAMES, INVENTED) if made is issue(name)), None)
    return published(name, "pdf") if name and setting.style == "book" else write_pdf(made, setting)


@cache
def read_back(name, format):
    """The published file as it is read: its issue and its Source."""
    source = read(f"{name}.{format}", published(name, format))
    return structure(source), source


@cache
def cut_for_all(path, index):
    return _own_cut(path, index, _every)


def cut_once(path, index, characters):
    """In place of `cut._cut`: the fonts are cut for all texts at once, or each file would take seconds."""
    return cut_for_all(path, index) if characters <= _every and len(characters) > MANY else _own_cut(path, index, characters)


cut._cut = cut_once
package.write_pdf = pdf_of
