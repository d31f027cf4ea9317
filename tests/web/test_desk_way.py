"""From sixty texts to a signed-off, distributed issue, through the pages alone: as five people without scripts, as three with them."""

import pytest
from desk_browsing import (
    ARGUMENTS,
    CHROMIUM,
    correct,
    decide_on_the_stories,
    distribute,
    edit_one,
    fetch_one,
    let_one_person_do_two,
    make_a_proof,
    make_accounts,
    move_one,
    open_the_issue,
    pass_all,
    pass_secrecy,
    refused_to_do_two,
    said_of_reviews,
    send_one_back,
    sign,
    submit_all,
    take_in_the_month,
    to_stage,
)
from playwright.sync_api import expect
from web_shelf import served

from archive.homes import archive_at

FIVE = {
    "editor": ("阮竹青", ["editor"]),
    "first": ("佟问渠", ["first_reviewer"]),
    "second": ("蔚长风", ["second_reviewer"]),
    "final": ("解文渊", ["final_reviewer", "signatory"]),
    "proof": ("乐知微", ["proofreader", "secrecy_reviewer"]),
}
THREE = {
    "editor": ("阮竹青", ["editor", "proofreader"]),
    "reviewer": ("佟问渠", ["first_reviewer", "second_reviewer"]),
    "chief": ("解文渊", ["second_reviewer", "final_reviewer", "secrecy_reviewer", "signatory"]),
}


@pytest.fixture
def served_year(tmp_path, stocked_year, django_db_blocker, monkeypatch):
    """The address of a desk over the sample year, where nobody has an account yet; afterwards the archive and the log are whole."""
    from yuebao import archive
    from yuebao.desk import audit

    monkeypatch.setenv("YUEBAO_HOME", str(tmp_path / "home"))
    ending = []
    with archive_at(tmp_path / "home", stocked_year, django_db_blocker):
        with served(tmp_path / "home", ending) as address:
            yield address
        assert "Traceback" not in ending[0][2], ending[0][2]
        assert not archive.verify()
        assert not list(audit.verify())


@pytest.fixture
def browser(served_year):  # noqa: ARG001 - the archive is made before: playwright's loop would keep Django from it
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def test_as_five_people_without_scripts(browser, served_year):
    people = make_accounts(browser, served_year, FIVE, has_script=False)
    editor, first, second, final, proof = (people[name] for name in FIVE)
    issue = open_the_issue(editor)
    outcomes = take_in_the_month(editor, issue)
    expect(outcomes.filter(has_text="E110")).to_have_count(1)
    decide_on_the_stories(editor, issue)
    edited = edit_one(editor, issue)
    move_one(editor, issue)
    submit_all(editor, issue)
    to_stage(editor, issue)
    items = pass_all(first, issue, "first")
    assert items >= 35
    send_one_back(second, editor, edited)
    assert pass_all(second, issue, "second") == items - 1
    assert pass_all(first, issue, "first") == 1
    assert pass_all(second, issue, "second") == 1
    assert pass_all(final, issue, "final") == items
    to_stage(editor, issue)
    make_a_proof(proof, issue)
    make_a_proof(proof, issue, is_last=True)
    pass_secrecy(proof, issue)
    archived = sign(final, issue)
    distribute(editor, issue)
    assert fetch_one(first, issue)
    correct(editor, issue, archived)
    assert [person.errors for person in people.values()] == [[]] * len(people)


def test_as_three_people_with_the_office_too_small(browser, served_year):
    people = make_accounts(browser, served_year, THREE, has_script=True)
    editor, reviewer, chief = (people[name] for name in THREE)
    issue = open_the_issue(editor)
    take_in_the_month(editor, issue)
    decide_on_the_stories(editor, issue)
    submit_all(editor, issue)
    to_stage(editor, issue)
    items = pass_all(reviewer, issue, "first")
    refused_to_do_two(reviewer, issue)
    let_one_person_do_two(people["admin"])
    assert pass_all(reviewer, issue, "second") == items
    assert pass_all(chief, issue, "final") == items
    to_stage(editor, issue)
    make_a_proof(editor, issue, is_last=True)
    pass_secrecy(chief, issue)
    archived = sign(chief, issue)
    distribute(editor, issue)
    correct(editor, issue, archived)
    assert said_of_reviews(editor, issue).count("可由一人兼审") == items
    assert [person.errors for person in people.values()] == [[]] * len(people)
