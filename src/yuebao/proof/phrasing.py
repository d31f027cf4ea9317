"""W: official wording. Titles of laws, the office's own dated table of wordings, and the third person of chronicles and yearbooks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from yuebao.lexicon import rows
from yuebao.proof.reading import Passage, Reading
from yuebao.proof.rule import Doubt, issue_rule

TITLE = re.compile("(?<=《)[^《》\n]{5,40}(?=》)")
OF_THE_STATE = "中华人民共和国"
NUMBERED = re.compile(r"[（(].*?[）)]$")
# A title of so many characters may be one (two) off: shorter ones have neighbours that are titles themselves.
ONE_OFF, TWO_OFF = 5, 12


@lru_cache(maxsize=16)
def _laws(on: str | None) -> frozenset[str]:
    return frozenset(row["term"] for row in rows("laws", on))


def law_meant(title: str, on: str | None) -> str | None:
    """The law or regulation whose title this one nearly is; None where it is one, or is near none or several."""
    plain = title.removeprefix(OF_THE_STATE)
    known = _laws(on)
    if len(plain) < ONE_OFF or plain in known or NUMBERED.sub("", plain) in known:
        return None
    most = 2 if len(plain) >= TWO_OFF else 1
    near = [law for law in known if abs(len(law) - len(plain)) < 2 and law[:1] + law[-1:] == plain[:1] + plain[-1:]
            and Levenshtein.distance(law, plain, score_cutoff=most) <= most]
    return near[0] if len(near) == 1 else None


@issue_rule(
    "W004", "法规题名、规范表述有出入", "Title of a law, or a wording of the office's table", "warning", looks_beyond=True,
    reason="法律、条例的题名差一两字的，请核；本单位规范表述表中“不用”的说法，按表核对。",
    wrong="条目：甲县会议召开 5月8日，会议学习了《中国共产党纪律处份条例》。",
    right="条目：甲县会议召开 5月8日，会议学习了《中国共产党纪律处分条例》。",
    source="法律法规题名；本单位规范表述表")
def official_wording(reading: Reading) -> Iterator[Doubt]:
    for passage in reading.passages:
        yield from _titles(passage)
        for wording in reading.evidence.wordings:
            for match in re.finditer(_apart_from(wording.term, wording.right), passage.text):
                yield passage.doubt(*match.span(), f"规范表述作“{wording.right}”（{wording.basis}），请核", severity="note")


def _apart_from(term: str, right: str) -> str:
    """The pattern of a wording where it does not stand as part of the right one."""
    before, _, after = right.partition(term) if term in right else ("", "", "")
    not_before = f"(?<!{re.escape(before)})" if before else ""
    not_after = f"(?!{re.escape(after)})" if after else ""
    return not_before + re.escape(term) + not_after


def _titles(passage: Passage) -> Iterator[Doubt]:
    for match in TITLE.finditer(passage.text):
        if (law := law_meant(match[0], passage.date)) is not None:
            yield passage.doubt(*match.span(), f"与《{law}》题名有出入，请核", states_fact=True)


# The periods after which a work looks back, whose third person is a rule: 年鉴, 大事记, 志. A monthly may say 我市.
LOOKS_BACK = re.compile("年鉴|大事记|志$")
FIRST_PERSON = re.compile(
    "(?<![大自唯忘])(?:我[省市县区]|本[市县区](?!民|级|镇)|今年|去年|前年|近日|日前|不久前|目前|当前|最近)|"
    "(?:莅|来)[市县区](?=调研|视察|考察|检查)")


@issue_rule(
    "W006", "年鉴、大事记用了第一人称或不定时间", "First person or vague time in a yearbook or chronicle", "warning",
    reason="年鉴、大事记、志书用第三人称，时间写明：不用我市、今年、近日、目前等。",
    wrong="题名：云陵年鉴\n条目：甲县建成水厂 今年，我市建成水厂。",
    right="题名：云陵年鉴\n条目：甲县建成水厂 2024年，云陵市建成水厂。", source="年鉴、志书行文规范")
def third_person(reading: Reading) -> Iterator[Doubt]:
    if LOOKS_BACK.search(reading.issue.masthead.title or "") is None:
        return
    for passage in reading.passages:
        for match in FIRST_PERSON.finditer(passage.text):
            yield passage.doubt(*match.span(), "年鉴、大事记用第三人称，时间写明，请改写")


RULES = (official_wording, third_person)
