"""The estimate of the error rate: by the method chosen, of accepted findings only, and labelled."""

import pytest

from material import reading
from yuebao import samples
from yuebao.model import Finding
from yuebao.proof.rate import PAGE, error_rate, page_characters


def accepted(code, text, proposal):
    return Finding(code, "error", 1, None, None, 0, len(text), text, proposal, False, "", "", None, None, state="accepted")


WORD, MARK = accepted("W002", "布署", "部署"), accepted("P002", "，。", "。")
FORM, FACT, NAME = accepted("D006", "约200余人", "200余人"), accepted("D004", "6个", "5个"), accepted("C001", "条题", "条目")


@pytest.mark.parametrize(("findings", "method", "errors"), [
    ([], "periodical", 0), ([WORD], "periodical", 1), ([MARK] * 2, "periodical", 0.2), ([FACT], "periodical", 1), ([FACT], "book", 2),
    ([NAME], "periodical", 2), ([NAME], "book", 1), ([WORD] * 9, "periodical", 3), ([WORD] * 9, "book", 4),
    ([accepted("D006", f"约{n}余人", f"{n}余人") for n in range(30)], "book", 1), ([WORD, MARK, FACT], "office", 3),
    ([accepted("W003", "时间时间", "时间")], "book", 2), ([accepted("W003", "全市上下齐心" * 2, "全市上下齐心")], "book", 4),
])
def test_weights(findings, method, errors):
    assert error_rate(findings, 24_000, method).errors == errors


def test_two_errors_in_37_pages():
    two = [WORD, accepted("W002", "截止目前", "截至目前")]
    assert error_rate(two, 37 * PAGE, "book").passes
    assert error_rate([*two, accepted("W002", "中帼", "巾帼")], 37 * PAGE, "book").passes is False
    assert error_rate([WORD] * 2, 37 * PAGE, "office").passes is None


def test_it_is_labelled_always():
    assert "机器估算，不作质检结论" in error_rate([], 1000, "periodical").said()
    assert "no verdict" in error_rate([], 1000, "book").said("en")


def test_the_characters_of_full_pages():
    issue, _ = reading(samples.paths()[1])
    pages = [item.page for item in issue.items()]
    assert page_characters(issue) == (max(pages) - min(pages) + 1) * PAGE
