"""Which issue a document is: series by title and sponsor's place, issue by (series, year, number; date for a daily)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from yuebao.errors import InputError
from yuebao.model import Issue, Masthead
from yuebao.text import squeeze

LONGEST_TITLE = 60  # a title longer than this is a sentence taken for one
YEARS = range(1900, 2200)
LARGEST = 2**31 - 1  # what the tables hold

# 州, 市 and 县 also stand within names: 常州市, 沙市区, 云县市 are not at their end yet
_DIVISION = "自治区|自治州|自治县|自治旗|地区|特区|新区|林区|州(?![市县区])|市(?!区)|县(?![市区])|区|旗|盟"
# the shortest stretch that ends in the kind of a division: 云陵市 of 中共云陵市委办公室; 市委办公室 alone names none
_PARTY = "(?:中国共产党|中共|中国人民政治协商会议|政协)?"
_PROVINCE_NAME = r"[^\W\d_]{2,6}?(?:省|自治区)"
_PLACE = re.compile(rf"{_PARTY}(?:{_PROVINCE_NAME})?(?P<place>(?![省市县区旗盟州])[^\W\d_]{{1,10}}?(?:{_DIVISION}))")
_PROVINCE = re.compile(rf"{_PARTY}(?P<place>{_PROVINCE_NAME})")


@dataclass(frozen=True, slots=True)
class Identity:
    """What an issue is filed under. `number` is None for a daily, which has a date, `published_on`."""

    title: str
    place: str | None
    year: int
    month: int | None
    number: int | None
    serial_number: int | None
    published_on: date | None

    def key(self, disambiguation: str | None = None) -> str:
        """The key for people: title, year and number, a daily's date; `disambiguation` (a place) is put behind the title."""
        name = f"{self.title}（{disambiguation}）" if disambiguation else self.title
        if self.number is None:
            assert self.published_on
            return f"{name}-{self.published_on.isoformat()}"
        return f"{name}-{self.year:04d}-{self.number:02d}"


def identity_of(issue: Issue, name: str) -> Identity:
    """What the document is to be filed under; raises InputError E406 where it has no title, or no year or number. `name`: of its file."""
    masthead = issue.masthead
    title = _clean(masthead.title)
    published_on = _date(masthead.published_on)
    year = masthead.year if masthead.year is not None else published_on.year if published_on else None
    numbered = masthead.number is not None or masthead.month is not None or published_on is not None
    if not title or len(title) > LONGEST_TITLE or year is None or year not in YEARS or not numbered:
        raise InputError("E406", name=name)
    number = masthead.number
    if number is None and (published_on is None or "月" in title):
        number = masthead.month  # a monthly without a number is known by its month, whenever it was printed
    if any(n is not None and not 0 <= n <= LARGEST for n in (masthead.month, number, masthead.serial_number)):
        raise InputError("E406", name=name)
    return Identity(title, place_of(masthead), year, masthead.month, number, masthead.serial_number, published_on)


def place_of(masthead: Masthead) -> str | None:
    """The division whose body sponsors (or, where no sponsor is named, makes) the series, as written; None where none is named."""
    bodies = (masthead.sponsor, masthead.publisher, masthead.supervisor)
    return next((place for body in bodies if body and (place := place_in(body))), None)


def place_in(body: str) -> str | None:
    """The division that the name of a body begins with, as written; None where it names none (市委办公室)."""
    plain = squeeze(body).lstrip("《“")
    match = _PLACE.match(plain) or _PROVINCE.match(plain)
    return match["place"] if match else None


def _clean(title: str | None) -> str:
    """The title in one form: width folded, no white space, no 《》, nothing that a path or an address could trip over."""
    plain = squeeze(unicodedata.normalize("NFKC", title or ""))
    return re.sub(r"[\x00-\x1f/\\?#%<>:\"|*《》]", "", plain)


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
