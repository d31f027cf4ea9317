"""Intake of copy on the 386 real clippings: what is left out, what of that a reader found to be of the report, what stays that should not.

Which passages are rightly left out was judged by reading them all; the judgements are kept by hash (judged_intake.json), no sentence of them.
What stays is told by words that no report has, other than the rules' own.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from functools import cache
from pathlib import Path

from measure import CORPUS, SHARED, Figure, Measure, Row
from yuebao.annotate import annotate_text
from yuebao.compile.intake import Parts, flags_of, part
from yuebao.text import squeeze

CLIPPINGS = SHARED / "corpus" / "clippings_2023.jsonl"
JUDGED = Path(__file__).resolve().parent / "judged_intake.json"
TELLING = re.compile(
    r"原标题|本报讯|本网讯|[（(][^（）()]{0,10}(?:记者|通讯员)[ \u3000]?[^（）()]{2,30}[）)]|(?:记者|通讯员)[ \u3000][\u4e00-\u9fff]{2,3}|责任?编辑?[:：]|编辑[:：丨 ]|"
    r"来源[:：]|返回搜狐|查看更多|版权侵权|转载请|[（(]完[）)]|[\u4e00-\u9fff] ?摄[）)]|供图|视觉中国|广告 |发布日期|新华社[^“”]{0,6}\d+日电|https?://|#qq|微信ID|报料")
OF_THE_DAY = re.compile("央视网消息|时间戳")


@cache
def texts() -> list[tuple[str, str]]:
    """Each clipping's id and its text, its title above it where it has one."""
    rows = [json.loads(line) for line in CLIPPINGS.read_text(encoding="utf-8").splitlines()]
    return [(row["id"], f"{row['title']}\n\n{row['text']}" if 0 < len(row["title"] or "") <= 80 else row["text"]) for row in rows]


@cache
def taken() -> tuple[list[Parts], float]:
    """The parts of each, and the seconds that took."""
    start = time.process_time()
    return [part(text) for _, text in texts()], time.process_time() - start


def key(name: str, passage: str) -> str:
    """What a judgement is kept by."""
    return hashlib.sha256(f"{name} {passage}".encode()).hexdigest()[:10]


def intake_figures() -> dict[str, Figure]:
    parts, seconds = taken()
    passages = [key(name, out.text) for (name, _), each in zip(texts(), parts, strict=True) for out in each.left_out]
    judged = json.loads(JUDGED.read_text(encoding="utf-8"))
    right, wrong = len(set(passages) & set(judged["right"])), len(set(passages) & set(judged["wrong"]))
    before = sum(len(TELLING.findall(text)) for _, text in texts())
    stays = sum(len(TELLING.findall(each.text)) for each in parts)
    whole = sum(len(squeeze(text)) for _, text in texts())
    out = sum(len(squeeze(left.text)) for each in parts for left in each.left_out)
    kept = sum(len(squeeze(each.text)) for each in parts)
    return {
        "intake_lost": Figure(whole - kept - out, f"of {whole} characters in {len(parts)} texts"),
        "intake_left_out": Figure(round(out / whole, 4), f"{len(passages)} passages"),
        "intake_precision": Figure(round(right / (right + wrong), 4), f"{right + wrong} of {len(set(passages))} passages judged by reading"),
        "intake_recall": Figure(round(1 - stays / before, 4), f"{stays} of {before} telling words stay"),
        "intake_headlines": Figure(sum(each.headline is not None for each in parts), f"of {len(parts)} texts; most have none apart from the text"),
        "intake_ms": Figure(round(1000 * seconds / len(parts), 2), "without annotation"),
    }


def daily_figures() -> dict[str, Figure]:
    """Broadcast items have one dateline each and a stamp of time a day, and nothing else that is no part of them."""
    wrong = [out.text for item in daily_items() for out in part(item).left_out if not OF_THE_DAY.search(out.text)]
    return {"intake_daily_wrong": Figure(round(1000 * len(wrong) / len(daily_items()), 2), f"{len(wrong)} passages of {len(daily_items())} items")}


@cache
def daily_items() -> list[str]:
    """The broadcast items, a paragraph a line."""
    days = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    return ["\n".join((item["title"], *(each for each in item["paras"] if each != "undefined"))) for day in days for item in day["items"]]


def flag_figures() -> dict[str, Figure]:
    clippings = [each.text for each in taken()[0]]
    found = [flag.kind for text in clippings for flag in flags_of(text, annotate_text(text, 2023, 8))]
    items = daily_items()
    numbers = [flag.kind for item in items for flag in flags_of(item)]
    return {
        "intake_flags": Figure(round(1000 * len(found) / len(clippings), 2), f"{len(found)} in {len(clippings)} clippings: {', '.join(found) or 'none'}"),
        "intake_flags_daily": Figure(round(1000 * len(numbers) / len(items), 3), f"{len(numbers)} in {len(items)} broadcast items, which hold none"),
    }


MEASURES = (
    Measure("intake", (
        Row("intake_lost", "characters", at_most=0), Row("intake_left_out", "share"), Row("intake_precision", "share", at_least=0.99),
        Row("intake_recall", "share", at_least=0.95), Row("intake_headlines", "texts"), Row("intake_ms", "ms a text", at_most=10),
    ), intake_figures, needs_shared=True),
    Measure("intake_daily", (Row("intake_daily_wrong", "per 1,000 items", at_most=1),), daily_figures, needs_shared=True),
    Measure("intake_flags", (
        Row("intake_flags", "per 1,000 texts", at_most=10), Row("intake_flags_daily", "per 1,000 items", at_most=0.1),
    ), flag_figures, needs_shared=True),
)


def keep_judgements(wrong: set[str]) -> None:
    """Write the judgements of a reader who has read every passage that is left out now, and found these (by key) to be of the report."""
    passages = sorted({key(name, out.text) for (name, _), each in zip(texts(), taken()[0], strict=True) for out in each.left_out})
    found = {"right": [p for p in passages if p not in wrong], "wrong": sorted(wrong & set(passages))}
    JUDGED.write_text(json.dumps(found, indent=0) + "\n", encoding="utf-8")
