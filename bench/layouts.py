"""How well structure reads layouts that nobody tuned it for: real daily items, set as a bulletin with pages in many ways.

    python bench/layouts.py CORPUS.jsonl [--every N] [--show N]

Each issue of the corpus becomes a bulletin: columns (some nested), a 目录 with pages in one of several styles, wraps, dashes, a row that differs
from its headline, headlines run in or alone, page ends inside sentences. Prints the share of items whose headline and text are exact, of
contents rows and of columns. The layouts are drawn by a fixed seed, so that two runs compare.
"""

import argparse
import json
import random
import re
import sys
from pathlib import Path

from yuebao.read import read
from yuebao.structure import structure

COLUMNS = ["要闻回顾", "政务动态", "重点会议", "产业发展", "城乡建设", "民生实事", "区县传真", "荣誉榜", "文教卫生", "生态家园", "招商引资", "基层党建"]
GROUP = "经济建设"
SPACE = re.compile(r"\s+")


def squeeze(text):
    return SPACE.sub("", text or "")


def bulletin(issue, rng):
    """The text of a bulletin made of the issue's items, and what is in it."""
    items = []
    for item in issue["items"]:
        text = "".join(item["paras"]).replace("央视网消息（新闻联播）：", "")
        title = item["title"].strip()
        if len(squeeze(text)) < 60 or len(title) < 6 or "undefined" in title or "---" in text:
            continue
        if not re.match(r"\d+月\d+日", text):
            text = f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日，{text}"
        items.append((title, text[:rng.randint(150, 700)].rsplit("。", 1)[0] + "。"))
    if len(items) < 4:
        return None
    style = {
        "page": rng.choice(["({})", "（{}）", "\t({})", "……{}", "\t{}", "·····({})", "    {}", "\n({})"]),
        "wrap": rng.choice([0, 0, 20, 24, 28]), "double": rng.random() < 0.2, "dash": rng.choice(["", "", "- ", "·"]),
        "heading": rng.random() < 0.8, "alone": rng.choice([0.0, 0.1, 1.0]), "break": rng.choice([0, 330, 600]), "blank": rng.random() < 0.5,
        "imprint": rng.random() < 0.3, "folios": rng.random() < 0.2, "line": rng.choice([0, 0, 30, 38]),
    }
    columns = sorted(rng.sample(COLUMNS, min(len(items) // 2, rng.randint(2, 6))), key=COLUMNS.index)
    cuts = sorted(rng.sample(range(1, len(items)), len(columns) - 1))
    groups = [items[a:b] for a, b in zip([0, *cuts], [*cuts, len(items)], strict=True)]
    nested = rng.random() < 0.4 and len(columns) > 2
    contents, body, truth, page = [], [], [], rng.randint(1, 6)
    for n, (column, group) in enumerate(zip(columns, groups, strict=True)):
        for title in [GROUP, column] if nested and n == 1 else [column]:
            contents += ["", title, ""] if style["blank"] else [title]
            body += ["", title, ""]
        for k, (title, text) in enumerate(group):
            row = title
            if rng.random() < 0.08 and len(title) > 10:
                at = rng.randrange(3, len(title) - 3)
                row = title[:at] + rng.choice(["", "的", "全市"]) + title[at + 1:]
            contents.append(style["dash"] + wrapped(row, style, rng) + style["page"].format(page))
            if style["imprint"] and n == 0 and k == 1:
                contents += ["", "主 管：云陵市人民政府", "主 办：云陵市史志办公室", "电 话：0900-1234567", ""]
            alone = rng.random() < style["alone"]
            body.append(f"{title}\n{text}" if alone else f"{title} {text}")
            truth.append((column, title, row, page, text))
            page += rng.random() < 0.5
    head = ["云陵月报", "", f"{issue['date'][:4]}年第{int(issue['date'][4:6]):02d}期", "（总第88期）", ""] + (["目 录", ""] if style["heading"] else [])
    return "\n".join([*head, *contents, "", paged("\n\n".join(b for b in body if b), style, rng)]) + "\n", truth, style


def wrapped(row, style, rng):
    width = style["wrap"]
    if not width or len(row) <= width or rng.random() < 0.2:
        return row
    return row[:width] + "\n" + (row[width - 1] if style["double"] else "") + row[width:]


def paged(text, style, rng):
    """The body cut into lines and pages as a book's is, the page ends falling inside sentences."""
    if style["line"]:
        text = "\n".join("\n".join(p[i:i + style["line"]] for i in range(0, max(len(p), 1), style["line"])) for p in text.split("\n"))
    if not style["break"]:
        return text
    out, number, at = [], 6, 0
    while at < len(text):
        end = at + style["break"] + rng.randint(-20, 20)
        # a book's page does not end inside a headline that is run in
        while end < len(text) and "。" in text[end - 60:end] and text[end - 1] == "\n":
            end += 1
        out.append(text[at:end])
        if style["folios"]:
            out.append(f"- {number} -")
            number += 1
        at = end
    return "\n\n".join(out)


def measure(corpus, every=1, show=0):
    """Shares, over all items of all issues made: headline and text exact, contents rows exact, the column right."""
    rng = random.Random(20240301)
    totals = dict.fromkeys(("items", "headline", "text", "row", "column"), 0)
    for n, line in enumerate(Path(corpus).read_text(encoding="utf-8").splitlines()):
        issue = json.loads(line)
        made = bulletin(issue, rng) if n % every == 0 and issue["items"] else None
        if not made:
            continue
        text, truth, style = made
        read_as = structure(read(f"{n}.txt", text.encode()))
        got = [(path[-1].title, squeeze(i.headline), squeeze("".join(i.text[e.start:e.end] for e in i.entries))) for path, i in read_as.walk()]
        rows = {(squeeze(r.title), r.page) for r in read_as.contents}
        texts = {(h, t) for _, h, t in got}
        for column, title, row, page, body in truth:
            totals["items"] += 1
            checks = {
                "headline": squeeze(title) in {h for _, h, _ in got}, "text": (squeeze(title), squeeze(body)) in texts,
                "row": (squeeze(row), page) in rows, "column": (column, squeeze(title)) in {(c, h) for c, h, _ in got},
            }
            for key, value in checks.items():
                totals[key] += value
            if show and not all(checks.values()):
                show -= 1
                print(n, title, row, checks, style, file=sys.stderr)
    return {key: round(value / max(totals["items"], 1), 4) if key != "items" else value for key, value in totals.items()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    args = parser.parse_args()
    print(measure(args.corpus, args.every, args.show))
