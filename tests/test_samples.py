"""The sample series says what its gold says: every headline, page, lead, ending and planted defect of the gold stands in the text.

The gold was computed with the text; these checks hold them together when either is edited by hand.
"""

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from yuebao.samples import gold_path, outline_path, paths

SHARED = Path(__file__).resolve().parents[2] / "shared"
SPACE = re.compile(r"\s+")
HAN = re.compile(r"[一-鿿]")
RUN = 20  # a run of so many Chinese characters in common is a borrowed sentence (tools/check_borrowed.py)
ENCODINGS = {"yunling_2025_04": "utf-8", "yunling_2025_05": "utf-8", "yunling_2025_06": "gb18030"}
LAYERS = {"persons", "orgs", "places", "projects", "documents", "amounts", "quantities", "dates", "roles"}
# DESIGN 7: what tools/score_proof.py counts; the other kinds neither have to be found nor count against
SCORED = {"toc_body_mismatch", "ocr_or_typo", "wrong_word", "duplicated_text", "displaced_text", "inconsistent_name"}


def squeeze(text):
    return SPACE.sub("", text)


def text_of(path):
    return path.read_bytes().decode(ENCODINGS[path.stem]).replace("\r\n", "\n")


def gold_of(path):
    return json.loads(gold_path(path).read_text(encoding="utf-8"))


def columns_of(gold):
    for column in gold["columns"]:
        yield [column["title"]], column
        for child in column["children"]:
            yield [column["title"], child["title"]], child


def body_of(path):
    """The text after the contents: from the last line that is the first column's title."""
    text = text_of(path)
    return text[[m.start() for m in re.finditer(rf"(?m)^{gold_of(path)['columns'][0]['title']}$", text)][-1]:]


@pytest.fixture(params=paths(), ids=lambda path: path.stem)
def sample(request):
    return request.param


def test_three_issues_in_order_of_time():
    assert [path.stem for path in paths()] == list(ENCODINGS)
    golds = [gold_of(path) for path in paths()]
    assert [(g["masthead"]["year"], g["masthead"]["month"]) for g in golds] == [(2025, 4), (2025, 5), (2025, 6)]
    # the number of June is one of the planted defects
    assert [g["masthead"]["serial"] for g in golds] == [86, 87, 89]


def test_only_the_nested_issues_have_an_outline():
    assert [outline_path(path) is not None for path in paths()] == [False, True, True]


def test_encoding_and_newlines(sample):
    data = sample.read_bytes()
    data.decode(ENCODINGS[sample.stem])
    if ENCODINGS[sample.stem] == "utf-8":
        assert b"\r" not in data
    else:
        assert data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r")
        with pytest.raises(UnicodeDecodeError):
            data.decode("utf-8")


def test_thirty_items_or_more_none_of_them_short(sample):
    items = gold_of(sample)["items"]
    assert len(items) >= 30
    assert [item["n"] for item in items] == list(range(1, len(items) + 1))
    assert [item["n"] for item in items if not 150 <= item["body_chars"] <= 400] == []


def test_every_layer_has_its_key(sample):
    assert all(set(item) >= LAYERS for item in gold_of(sample)["items"])


def test_the_outline_is_the_column_tree(sample):
    outline = outline_path(sample)
    if outline is None:
        assert not any(column["children"] for column in gold_of(sample)["columns"])
        return
    lines = ["  " * (len(path) - 1) + path[-1] for path, _ in columns_of(gold_of(sample))]
    assert outline.read_text(encoding="utf-8").splitlines() == lines


def test_a_group_of_columns_has_no_rows_of_its_own(sample):
    gold = gold_of(sample)
    groups = {column["title"] for column in gold["columns"] if column["children"]}
    assert not [row for row in gold["toc"] if row["path"][-1] in groups]


def test_every_row_stands_in_the_contents(sample):
    text, gold = text_of(sample), gold_of(sample)
    contents = squeeze(text[:-len(body_of(sample))])
    paths_known = [path for path, _ in columns_of(gold)]
    position = 0
    for row in gold["toc"]:
        assert row["path"] in paths_known
        wrapped = [d for d in gold["defects"] if d["kind"] == "title_wrapped" and d["correct"] == row["title"]]
        # a row may have a character doubled where it is wrapped: then the text is what the defect shows
        shown = wrapped[0]["text"].replace("⏎", "").removeprefix("- ") if wrapped else row["title"]
        shown = re.sub(r" \(\d+\)$", "", shown)
        at = contents.find(squeeze(f"{shown}({row['page']})"), position)
        assert at >= position, row
        position = at + 1


def test_every_column_stands_alone_on_its_line_in_contents_and_body(sample):
    text = text_of(sample)
    for _, column in columns_of(gold_of(sample)):
        lines = [line.strip() for line in text.split("\n")]
        assert column["title"] in lines
        assert column.get("toc_title", column["title"]) in lines


def test_every_item_stands_in_the_body_in_order(sample):
    gold, body = gold_of(sample), squeeze(body_of(sample))
    displaced = {d["item_n"] for d in gold["defects"] if d["kind"] == "displaced_text"}
    position = 0
    for item in gold["items"]:
        lead = squeeze(item["body_title"] + item["body_first12"])
        at = body.find(lead, position)
        assert at >= position, item["body_title"]
        for entry in item["entries"]:
            entry_at = body.find(squeeze(entry["lead_first12"]), at)
            assert entry_at >= at, entry
        end = body.find(squeeze(item["body_last12"]), 0 if item["n"] in displaced else entry_at)
        assert end >= 0, item["body_last12"]
        position = at + 1


def test_row_and_item_agree_or_a_defect_says_so(sample):
    gold = gold_of(sample)
    rows = {(row["title"], row["page"]) for row in gold["toc"]}
    by_item = {}
    for defect in gold["defects"]:
        by_item.setdefault(defect["item_n"], set()).add(defect["code"])
    for item in gold["items"]:
        codes = by_item.get(item["n"], set())
        if item["page"] is None:
            assert "C004" in codes
            assert item["toc_title"] not in {title for title, _ in rows}
            continue
        assert (item["toc_title"], item["page"]) in rows
        assert item["title_differs"] == (item["toc_title"] != item["body_title"]) == bool(codes & {"C001", "C002"})
        assert ("page_by_layout" in item) == ("C003" in codes)
    pages = [row["page"] for row in gold["toc"]]
    falls = sum(a > b for a, b in pairwise(pages))
    assert falls == sum(d["code"] == "C003" for d in gold["defects"])


def test_a_defect_that_is_verbatim_stands_once_on_its_line(sample):
    text, gold = text_of(sample), gold_of(sample)
    flat, lines = squeeze(text), text.split("\n")
    for defect in gold["defects"]:
        assert {"item_n", "kind", "text", "correct", "why", "confidence", "verbatim", "code"} <= set(defect)
        assert defect["text"] != defect["correct"]
        if not defect["verbatim"]:
            continue
        if defect["code"]:
            assert flat.count(squeeze(defect["text"])) == 1, defect
        if defect["kind"] == "title_wrapped":
            assert lines[defect["line"] - 1] == defect["text"].split("⏎")[0]
        elif "⏎" in defect["text"]:
            left, right = defect["text"].split("⏎")
            assert lines[defect["line"] - 1].endswith(left)
            assert lines[defect["line"] + 1].startswith(right)
        else:
            assert squeeze(lines[defect["line"] - 1] + "".join(lines[defect["line"]:defect["line"] + 3])).find(squeeze(defect["text"])) >= 0


def test_page_ends_are_all_in_the_gold(sample):
    """The body has a paragraph for each column, each entry, each page end within an item, and each displaced clause: no more, no less."""
    gold = gold_of(sample)
    paragraphs = [p for p in body_of(sample).split("\n\n") if p.strip()]
    expected = sum(1 for _ in columns_of(gold)) + sum(len(item["entries"]) for item in gold["items"])
    expected += sum(d["kind"] in ("hard_line_break", "displaced_text") for d in gold["defects"])
    assert len(paragraphs) == expected


def test_planted_defects_are_many_and_of_many_kinds():
    planted = [d for path in paths() for d in gold_of(path)["defects"] if d["code"] or d["kind"] == "displaced_text"]
    assert len(planted) >= 45
    codes = {d["code"] for d in planted}
    assert codes >= {"C001", "C002", "C003", "C004", "C005", "D001", "D002", "D003", "D004", "D010"}
    assert codes >= {"N001", "P001", "P002", "P007", "W001", "W002", "W003"}
    assert sum(d["kind"] in SCORED for d in planted) >= 35
    assert sum(d["kind"] == "displaced_text" for d in planted) == 2


def test_people_and_their_offices_are_words_of_the_item(sample):
    gold, body = gold_of(sample), squeeze(body_of(sample))
    starts = [body.index(squeeze(item["body_title"] + item["body_first12"])) for item in gold["items"]] + [len(body)]
    moved = {d["item_n"]: squeeze(d["text"]) for d in gold["defects"] if d["kind"] == "displaced_text"}
    for item, (start, end) in zip(gold["items"], pairwise(starts), strict=True):
        words = body[start:end] + moved.get(item["n"], "")
        for person in item["persons"]:
            assert person["name"] in words, person
            assert all(squeeze(title) in words for title in person["titles"]), person


def test_dates_are_words_of_the_item_and_real(sample):
    gold = gold_of(sample)
    for item in gold["items"]:
        for entry in item["entries"]:
            assert date.fromisoformat(entry["start"]) <= date.fromisoformat(entry["end"])
            assert entry["start"].startswith("2025-0")
        impossible = [d["text"] for d in item["dates"] if d["start"] is None]
        defects = [d["text"] for d in gold["defects"] if d["code"] == "D001" and d["item_n"] == item["n"]]
        assert len(impossible) == len(defects)
        assert all(date.fromisoformat(d["start"]) <= date.fromisoformat(d["end"]) for d in item["dates"] if d["start"])


def test_offices_hold_from_month_to_month():
    """The leaders of the city keep their offices through the three months, but for the one that changes hands in May."""
    heads = {"市委书记": set(), "市长": set(), "市人大常委会主任": set(), "市政协主席": set()}
    for path in paths():
        for item in gold_of(path)["items"]:
            for person in item["persons"]:
                for title in person["titles"]:
                    if title in heads:
                        heads[title].add(person["name"])
    # 丰岭 is a city of its own below 云陵: its mayor is called 市长 in its items
    assert heads == {"市委书记": {"纪明川"}, "市长": {"梁以宁", "郁林"}, "市人大常委会主任": {"盛维德"}, "市政协主席": {"邬静娴"}}


def han_runs(text):
    han = "".join(HAN.findall(text))
    return {han[i:i + RUN] for i in range(len(han) - RUN + 1)}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real issues are not in this checkout")
def test_no_sentence_is_borrowed_from_the_real_issues(sample):
    known = set()
    for path in (*SHARED.glob("seeds/*.txt"), *SHARED.glob("gold/*.json")):
        known |= han_runs(path.read_text(encoding="utf-8"))
    assert known
    assert not han_runs(text_of(sample)) & known
    assert not han_runs(gold_path(sample).read_text(encoding="utf-8")) & known
