"""N: people named in the order in which they stand in a picture (左起): their count, and the place of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from yuebao.proof.reading import Reading
from yuebao.proof.rule import Doubt, issue_rule
from yuebao.text import chinese_number

NUMBER = r"(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,3})"
# 三位获奖者（左起：甲、乙、丙）, 图为4名选手：左起甲、乙、丙、丁
FROM_LEFT = re.compile(
    rf"{NUMBER}[位名个人](?P<between>[^。；！？\n左右]{{0,14}}?)[（：:，]?(?:[前后]排)?(?:从左至右|从左到右|自左至右|左起|右起)(?:依次)?(?:为|是)?[：:]?"
    r"(?P<names>[\u4e00-\u9fff·]{2,5}(?:、[\u4e00-\u9fff·]{2,5})*(?:[和与][\u4e00-\u9fff·]{2,5})?)(?=[）。；，\n]|$)")
PART = re.compile("[、和与]")
PLACE = re.compile("[（(]((?:[前后]排)?[左右](?:起)?第?[一二三四五六七八九])[）)]")


@issue_rule(
    "N010", "图说中“左起”的人数、位次不符", "People of a picture miscounted", "warning",
    reason="“左起”所列姓名应与所说人数相符，同一位次只能有一人。",
    wrong="图说：3位获奖者（左起：何令仪、秦墨之）合影。", right="图说：2位获奖者（左起：何令仪、秦墨之）合影。",
    source="图说与图相符；校对惯例")
def people_of_a_picture(reading: Reading) -> Iterator[Doubt]:
    for passage in reading.passages:
        for start, end, message in _miscounted(passage.text):
            yield passage.doubt(start, end, message, states_fact=True)
    for figure in reading.issue.figures:
        for start, end, message in _miscounted(figure.caption or ""):
            yield Doubt((figure.caption or "")[start:end], f"图说：{message}", figure.item)


def _miscounted(text: str) -> Iterator[tuple[int, int, str]]:
    """What does not agree in a text: where, and what is to be said."""
    if "左" not in text:
        return
    for match in FROM_LEFT.finditer(text):
        said = chinese_number(match["number"])
        named = len(PART.split(match["names"]))
        if said is not None and said != named:
            yield *match.span(), f"说是{said}人，左起列名{named}人，请核"
    for sentence in re.finditer(r"[^。！？\n]+", text):
        places = list(PLACE.finditer(text, *sentence.span()))
        counts = Counter(match[1] for match in places)
        for match in places:
            if counts[match[1]] > 1:
                yield *match.span(1), f"“{match[1]}”出现{counts[match[1]]}次，请核"
                counts[match[1]] = 0


RULES = (people_of_a_picture,)
