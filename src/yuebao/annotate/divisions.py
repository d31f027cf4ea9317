"""Administrative divisions: their names in a text, and which of several of one name is meant."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from yuebao.annotate.passage import Words, is_rare, word_kind
from yuebao.lexicon import rows, terms
from yuebao.model import Masthead

SYSTEM = "GB/T 2260"
_ETHNIC = (
    "维吾尔|哈萨克|柯尔克孜|蒙古族?|回族|藏族|羌族|彝族|苗族|侗族|壮族|瑶族|土家族|布依族|朝鲜族|满族|白族|傣族|景颇族|哈尼族|傈僳族|黎族|畲族|"
    "土族|撒拉族|东乡族|保安族|裕固族|锡伯|达斡尔族|鄂温克族?|鄂伦春|仡佬族|水族|毛南族|仫佬族|佤族|拉祜族|纳西族|普米族|独龙族|怒族|布朗族|塔吉克|各族"
)
_SHORT = re.compile(f"(.{{2,}}?)(?:(?:{_ETHNIC})*自治[区州县旗]|特别行政区|省|市|县|地区|盟|林区|新区|区)")
_AUTONOMOUS = re.compile(f"(.{{2,}}?)(?:{_ETHNIC})*自治([州县])")
_ZONE = re.compile("(?:开发|管理|示范|[实试]验|[聚集]+|园|名胜|食品)区")
# names that say nothing without their city
_PLAIN = frozenset(("城区", "郊区", "矿区", "新城区"))


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    codes: dict[str, tuple[str, ...]] = {}
    for row in rows("divisions"):
        if row["term"] not in _PLAIN:
            codes[row["term"]] = (*codes.get(row["term"], ()), row["code"])
    return codes


@cache
def _codes_of_short() -> dict[str, tuple[str, ...]]:
    """Short names (河南, 安吉) with the codes of what they may mean, the highest level first."""
    return {
        short: tuple(sorted((code for name in names for code in _codes()[name]), key=_rank))
        for short, names in (*_names_of_short().items(), *_prefectures().items())
    }


@cache
def _prefectures() -> dict[str, tuple[str, ...]]:
    """Autonomous prefectures and counties as they are commonly called (伊犁州, 长阳县), with the full names."""
    called: dict[str, tuple[str, ...]] = {}
    for name in _codes():
        if (match := _AUTONOMOUS.fullmatch(name)) and (short := match[1] + match[2]) not in _codes():
            called[short] = (*called.get(short, ()), name)
    return called


@cache
def _names_of_short() -> dict[str, tuple[str, ...]]:
    """Short names with the full ones that they may stand for."""
    names: dict[str, tuple[str, ...]] = {}
    for name in _codes():
        match = _SHORT.fullmatch(name)
        if match and match[1] not in _codes() and not _ZONE.search(name):
            names[match[1]] = (*names.get(match[1], ()), name)
    return names


def _rank(code: str) -> tuple[bool, bool, str]:
    return not code.endswith("0000"), not code.endswith("00"), code


@cache
def division_names() -> frozenset[str]:
    """The names of divisions, full and short."""
    return frozenset((*_codes(), *_codes_of_short()))


@cache
def division_words() -> Words:
    """The names of divisions, to be looked up in a text."""
    return Words(division_names())


def is_full_name(name: str) -> bool:
    """Whether a division bears exactly this name (滑县, not 安吉)."""
    return name in _codes() or name in _prefectures()


def is_plain_short(name: str, home: str | None, said: str) -> bool:
    """Whether a short name is understood as a place: of the home city, called in full elsewhere in `said`, or no common word."""
    codes = _codes_of_short()[name]
    if any(home is not None and code.startswith(home[:4]) for code in codes):
        return True
    if any(full in said for full in _names_of_short().get(name, ())):
        return True
    if _is_of_districts(name):
        return name in terms("place_names")
    return name not in terms("place_homographs") and (codes[0].endswith("00") or word_kind(name) != "other" or is_rare(name))


@cache
def _is_of_districts(name: str) -> bool:
    """Whether only districts of cities bear a short name (西湖): as such it is seldom meant, but for those in the table of places."""
    return all(full.endswith("区") and not full.endswith("自治区") for full in _names_of_short()[name])


@lru_cache(maxsize=2000)  # those of the last texts
def code_of(name: str, near: tuple[str, ...] = ()) -> str | None:
    """The code of the division of this name, full or short; of several that bear it the one within the first of `near` that has one."""
    codes = _codes().get(name) or _codes_of_short().get(name) or ()
    if len(codes) < 2:
        return codes[0] if codes else None
    if codes[0].endswith("00") and not codes[1].endswith("00"):
        return codes[0]
    for place in near:
        prefix = place[:2] if place.endswith("0000") else place[:4]
        within = [code for code in codes if code.startswith(prefix)]
        if len(within) == 1:
            return within[0]
    return None


@cache
def zone_code(name: str, home: str | None) -> str | None:
    """The code of a zone of the home city that is named without its city (高新区, 城乡一体化示范区)."""
    if home is None:
        return None
    words = {"高新区": "高新", "经开区": "经济", "开发区": "开发区"}.get(name, name.removeprefix("市"))
    found = [code for full, codes in _codes().items() for code in codes if code.startswith(home[:4]) and words in full and full[-1] == "区"]
    found = [code for code in found if int(code[4:]) > 70]
    return found[0] if len(found) == 1 else None


def home_of(masthead: Masthead) -> str | None:
    """The code of the division that a periodical is of, by the names in its masthead; None where they name none."""
    said = [masthead.sponsor, masthead.supervisor, masthead.title, masthead.publisher, masthead.place_line, masthead.address]
    for text in filter(None, said):
        found = [(len(name) if is_full_name(name) else 1, name) for _, name in division_words().find(re.sub("\\s", "", text))]
        codes = [code for _, name in sorted(found, reverse=True) if (code := code_of(name))]
        if codes:
            return max(codes, key=_rank)
    return None
