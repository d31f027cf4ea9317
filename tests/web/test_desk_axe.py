"""Every page of the desk by axe-core, in both languages, light and dark: nothing serious; and none wider than a narrow window."""

from datetime import date

import pytest
from desk_browsing import ARGUMENTS, CHROMIUM, PASSWORD, Person
from web_shelf import served

from archive.homes import archive_at

SERIOUS = {"serious", "critical"}
COPY = (2, 3, 4, 7, 10, 12, 13, 25)  # of the sample month: reports that differ, one that is flagged
OPEN, SIGNED = "/desk/1/", "/desk/2/"
PAGES = [
    "/desk/", "/desk/own/", "/desk/my-copy/", "/desk/accounts/", "/desk/accounts/1/", "/desk/office/", "/desk/audit/", "/desk/recipients/",
    "/desk/contributors/", "/desk/used/?year=2026", "/desk/used/1/?year=2026", "/desk/commissions/", "/desk/commissions/letters/",
    *(OPEN + part for part in (
        "", "imprint/", "copy/", "copy/5/", "inbox/", "story/1/", "story/3/", "board/", "board/survey/",
        "item/1/", "item/1/history/", "reviews/", "signing/", "signing/?proof=1", "papers/", "papers/reviews/",
    )),
    *(SIGNED + part for part in ("", "signing/", "distribution/", "errata/", "papers/receipts/", "item/1/")),
    "/desk/nowhere/",
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory, new_home, django_db_blocker):
    """The address of a desk with an issue in hand and one signed off, distributed and corrected."""
    folder = tmp_path_factory.mktemp("axe") / "home"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("YUEBAO_HOME", str(folder))
        with archive_at(folder, new_home, django_db_blocker):
            furnish()
            with served(folder, []) as address:
                yield address


def furnish():
    from django.test import override_settings

    from yuebao.desk import accounts, commissions, copy, distribution, errata, issues, offices, recipients, reviews, stories
    from yuebao.desk.models import Contributor
    from yuebao.desk.permissions import ROLES

    with override_settings(PASSWORD_HASHERS=["yuebao.desk.passwords.OfficeArgon2"]):  # the server is a process of its own
        by = accounts.create("chief", "解文渊", PASSWORD, ROLES, by=None)
    offices.settle("reviews_by_three", False, by)
    in_hand = issues.open_issue("云陵月报", 2026, 1, 1, by=by, serial_number=95)
    made = stories.gather(take_copy(in_hand, by, copy), by)
    item = stories.accept(made[0], "领导活动", by)
    reviews.submit(item.pk, seen=1, by=by)
    stories.drop(made[-1], "已过时效", by)
    commissions.ask(in_hand, Contributor.objects.first(), "一季度重点工作", date(2026, 2, 10), by)
    recipients.add("市档案馆", 2, "存", by=by)
    signed = issues.open_issue("云陵月报", 2026, 2, 2, by=by, serial_number=96)
    sign_off(signed, by, item.headline)
    signed.refresh_from_db()
    distribution.distribute(signed, by=by)
    errata.correct(signed, 1, "1月6日", "1月7日", by=by, reason="来稿有误")


def take_copy(issue, by, copy):
    from yuebao import samples

    register, paths = samples.copy_register_path(), samples.copy()
    copy.take_all(issue, [(path.name, path.read_bytes()) for path in (register, *(paths[n - 1] for n in COPY))], by=by)
    return issue


def sign_off(issue, by, headline):
    from yuebao.desk import issues, items, reviews, signing

    item = items.create(issue, headline=headline, text="1月6日，市委书记纪明川到望川区调研轴承产业发展。", column_path="领导活动", by=by)
    reviews.submit(item.pk, seen=1, by=by)
    for level in reviews.LEVELS:
        reviews.review(item.pk, level, "passed", seen=1, by=by)
    for stage in ("submitted", "final"):
        issue = issues.advance(issue, stage, seen=issue.version, by=by)
    issues.new_round(issue, by=by)
    issues.secrecy(issue, "passed", by=by)
    issue.refresh_from_db()
    signing.sign(issue.pk, seen=issue.version, by=by, reason="照原稿")


@pytest.fixture(scope="module")
def browser(desk):  # noqa: ARG001 - the desk is furnished before: playwright's loop would keep Django from it
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:150], len(one["nodes"])) for one in found if one["impact"] in SERIOUS]


def test_every_page(browser, desk):
    """In one pass, since furnishing a desk takes longer than looking at it."""
    chief = Person(browser, desk).signs_in("chief")
    found = {(path, language): said for path in PAGES for language, said in looked_at(chief.page, path) if said}
    stranger = Person(browser, desk)
    found |= {("the door", language): said for language, said in looked_at(stranger.page, "/desk/sign-in/") if said}
    assert found == {}


def looked_at(page, path):
    """By language what is wrong with a page: what axe finds serious, headings of the first level, its width in a narrow window."""
    for language, scheme in (("zh", "light"), ("en", "dark")):
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{path}{'&' if '?' in path else '?'}lang={language}")
        wrong = violations(page)
        if page.locator("h1").count() != 1:
            wrong.append(("h1", page.locator("h1").count()))
        page.set_viewport_size({"width": 360, "height": 740})
        if (width := page.evaluate("document.documentElement.scrollWidth")) != 360:
            wrong.append(("width", width))
        yield language, wrong
