"""EPUB 3: cover, imprint, epigraph, contents with columns and items, a file a column of the first level. Read back by `read.epub`."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from yuebao.model import Issue, content_hash
from yuebao.publish import flow, front
from yuebao.publish.filled import package_bytes
from yuebao.publish.setting import Setting
from yuebao.publish.weaving import Weaving, dated, page_room
from yuebao.text import real_date
from yuebao.zipped import pack

CANNOT_HOLD: frozenset[str] = frozenset()

MEDIA_TYPE = b"application/epub+zip"
FOLDER = "EPUB/"
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_UNDATED = "2000-01-01"  # the day of an issue that names none: no clock is asked
_FRONT, _BODY = "frontmatter", "bodymatter"


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the book: what it shows (cover, imprint, epigraph, plates, column), in which part, under which title."""

    kind: str
    part: str
    title: str
    file: str
    section: flow.Section | None = None

    @property
    def id(self) -> str:
        """Its name in the manifest."""
        return self.file.partition(".")[0]


def write_epub(issue: Issue, setting: Setting) -> bytes:
    """The EPUB of the issue."""
    woven = Weaving(issue, setting.pictures, lambda _, annotation: dated(annotation))
    pages = list(_pages(issue, woven))
    shared = {
        "issue": issue, "of": woven, "numbers": front.numbers_of(issue.masthead), "imprint": front.imprint_of(issue.masthead),
        "plates": woven.figures.get(None, ()), "pages": pages, "listed_as": flow.listed_as, "title": flow.title_of(issue),
    }
    room = page_room()

    def filled(template: str, **more: object) -> bytes:
        return room.get_template(f"epub/{template}").render(**shared, **more).lstrip("\n").encode("utf-8", "replace")

    issued = _issued(issue)
    body = next((page.file for page in pages if page.part == _BODY), None)
    creators = [body for body in (issue.masthead.sponsor,) if body and body.strip()]
    package = filled(
        "package.opf", identifier=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content_hash(issue))}", creators=creators, issued=issued,
        modified=f"{issued if issued and _is_day(issued) else _UNDATED}T00:00:00Z",
        pictures=[(path, media_type) for path, (_, media_type, _) in woven.files.items()])
    files = {
        "mimetype": MEDIA_TYPE, "META-INF/container.xml": package_bytes("epub/container.xml"), f"{FOLDER}package.opf": package,
        f"{FOLDER}nav.xhtml": filled("nav.xhtml", body=body), f"{FOLDER}style.css": package_bytes("epub/style.css"),
        **{FOLDER + page.file: filled("page.xhtml", page=page) for page in pages},
        **{FOLDER + path: data for path, (_, _, data) in woven.files.items()},
    }
    return pack(files, stored=("mimetype",))


def _pages(issue: Issue, woven: Weaving) -> Iterator[Page]:
    yield Page("cover", _FRONT, "封面", "cover.xhtml")
    if front.imprint_of(issue.masthead):
        yield Page("imprint", _FRONT, "版权页", "imprint.xhtml")
    if issue.epigraph:
        yield Page("epigraph", _FRONT, issue.epigraph.heading or "卷首引语", "epigraph.xhtml")
    if woven.figures.get(None):
        yield Page("plates", _FRONT, "图片", "plates.xhtml")
    for section in flow.sections_of(issue):
        title = section.column.title or section.column.contents_title or flow.title_of(issue)
        yield Page("column", _BODY, title, f"{section.key}.xhtml", section)


def _issued(issue: Issue) -> str | None:
    """The day of the issue, or its month or year, as ISO has them."""
    head = issue.masthead
    if head.published_on and _is_day(head.published_on):
        return head.published_on
    if head.year is None or not 1000 <= head.year <= 9999:
        return None
    return f"{head.year}-{head.month:02}" if head.month and head.month <= 12 else str(head.year)


def _is_day(text: str) -> bool:
    found = _DAY.fullmatch(text)
    return found is not None and real_date(*map(int, found.groups())) is not None
