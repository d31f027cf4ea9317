"""The reading room in a browser: nothing leaves the host; it works without JavaScript, at 360 px, by keyboard and on paper."""

import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import expect
from web_shelf import served

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]
APRIL = "/issue/云陵月报-2025-04/"
PAGES = ["/", APRIL, APRIL + "1/", APRIL + "2/", APRIL + "source", "/search/?q=茶", "/search/?q=紫禁城", "/person/郑文柏/", "/place/无此地/", "/nowhere"]
CSS = Path(__file__).parents[2] / "src/yuebao/web/static/yuebao/reading.css"


@pytest.fixture(scope="module")
def address(stock):
    """The address of the reading room, served as it is to users."""
    with served(stock, []) as address:
        yield address


@pytest.fixture(scope="module")
def browser(address):  # noqa: ARG001 - the archive is made before: playwright's loop would keep Django from it
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser, address):
    """A page without JavaScript in a narrow window; what it asked for and complained of is kept in `page.asked`, `page.complaints`."""
    context = browser.new_context(
        base_url=address, viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="zh-CN",
    )
    page = context.new_page()
    page.asked, page.complaints = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.complaints.append(message.text))
    yield page
    context.close()


def test_no_request_leaves_the_host(page, address):
    for path in PAGES:
        page.goto(path)
    assert len(page.asked) > len(PAGES)  # the style sheet among them
    assert [url for url in page.asked if not url.startswith(address + "/")] == []
    assert [said for said in page.complaints if "404" not in said] == []


@pytest.fixture
def wide(browser, address):
    """A page with JavaScript, to measure with, in a wide window."""
    context = browser.new_context(base_url=address, viewport={"width": 1200, "height": 800})
    yield context.new_page()
    context.close()


def test_nothing_is_wider_than_a_narrow_window(wide):
    wide.set_viewport_size({"width": 360, "height": 740})
    for path in PAGES:
        for language in ("zh", "en"):
            wide.goto(path + ("&" if "?" in path else "?") + f"lang={language}")
            assert wide.evaluate("document.documentElement.scrollWidth") == 360, (path, language)


def test_it_is_dark_where_the_reader_wants_it(wide):
    wide.goto("/")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert wide.evaluate(ground) == "rgb(251, 248, 241)"
    wide.emulate_media(color_scheme="dark")
    assert wide.evaluate(ground) == "rgb(26, 24, 21)"


def test_from_the_shelf_to_a_person(page):
    page.goto("/")
    page.get_by_role("link", name="第4期").click()
    page.get_by_role("link", name="山间茶事").click()
    page.get_by_role("article").get_by_role("link", name="郑文柏").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("郑文柏")
    page.get_by_role("link", name="茶市开秤").click()
    expect(page.get_by_role("main")).to_contain_text("第3页")


def test_search_and_narrow_down(page):
    page.goto("/")
    page.get_by_role("searchbox").fill("茶")
    page.get_by_role("button", name="检索").click()
    expect(page.get_by_role("heading", name="查得 2 条")).to_be_visible()
    page.get_by_role("complementary").get_by_role("link", name="何令仪").click()
    expect(page.get_by_role("heading", name="查得 1 条")).to_be_visible()
    page.get_by_role("link", name="何令仪 去掉").click()
    expect(page.get_by_role("heading", name="查得 2 条")).to_be_visible()


def test_the_switch_of_language(page):
    page.goto(APRIL + "1/")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_text("How to cite")).to_be_visible()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("How to cite")).to_be_visible()
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_text("引用格式")).to_be_visible()


def test_the_source_lines_unfold(page):
    page.goto(APRIL + "1/")
    line = page.get_by_text("柏问了价钱，又问水。", exact=True)
    assert not line.is_visible()
    page.get_by_text("原文", exact=False).get_by_text("第7—10行").click()
    expect(line).to_be_visible()
    page.get_by_role("link", name="8", exact=True).click()
    expect(page).to_have_url(re.compile(r"source#L8$"))


def test_it_can_be_used_by_keyboard(wide):
    wide.goto(APRIL + "1/")
    wide.keyboard.press("Tab")
    assert wide.evaluate("document.activeElement.className") == "skip"
    assert wide.evaluate("document.activeElement.getBoundingClientRect().left") >= 0  # it shows itself
    wide.keyboard.press("Enter")
    assert wide.evaluate("document.activeElement.id") == "text"
    wide.keyboard.press("Tab")
    assert wide.evaluate("(s => [s.outlineStyle, s.outlineWidth])(getComputedStyle(document.activeElement))") == ["solid", "2px"]
    assert wide.evaluate("document.activeElement.closest('main') !== null")


def test_landmarks(page):
    page.goto(APRIL + "1/")
    for role in ("banner", "main", "contentinfo", "search", "article"):
        assert page.get_by_role(role).count() == 1, role
    assert page.get_by_role("navigation").count() == 3  # main, where you are, neighbours
    for box in page.get_by_role("searchbox").all():
        assert box.get_attribute("id")


def test_names_and_dates_differ_by_more_than_colour(wide):
    wide.goto(APRIL + "1/")
    line = "e => [getComputedStyle(e).textDecorationLine, getComputedStyle(e).textDecorationStyle]"
    assert wide.eval_on_selector("p .person", line) == ["underline", "solid"]
    assert wide.eval_on_selector("p .date", line) == ["underline", "dotted"]


def test_a_passage_is_copied_without_the_numbers_of_its_findings(wide):
    wide.goto(APRIL + "1/")
    copied = wide.evaluate("(getSelection().selectAllChildren(document.querySelector('.passage > p')), getSelection().toString())")
    assert copied == "4月3日，副市长郑文柏到雾坪镇察看春茶采摘，茶农何令仪在坡上等他。郑文柏问了价钱，又问水。"


def test_it_prints(wide, tmp_path):
    wide.goto(APRIL + "1/")
    wide.emulate_media(media="print")
    expect(wide.get_by_text("引用格式")).to_be_visible()
    assert not wide.get_by_role("banner").is_visible()
    wide.pdf(path=tmp_path / "item.pdf", format="A4")
    document = pypdfium2.PdfDocument(tmp_path / "item.pdf")
    assert len(document) == 1
    document.close()


# ---- contrast (WCAG AA), from the style sheet itself ----


def colours(block):
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


def luminance(colour):
    channels = [int(colour[n:n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(scheme):
    blocks = re.findall(r":root \{(.*?)\}", CSS.read_text(encoding="utf-8"), re.DOTALL)
    named = colours(blocks[0]) | (colours(blocks[1]) if scheme == "dark" else {})
    for ink in ("ink", "soft", "link", "red", "ochre", "slate"):
        for ground in ("paper", "sheet"):
            assert contrast(named[ink], named[ground]) >= 4.5, (ink, ground)
    for ground in ("found", "red-wash", "ochre-wash", "slate-wash"):
        assert contrast(named["ink"], named[ground]) >= 4.5, ground
        assert contrast(named["link"], named[ground]) >= 4.5, ground


def test_red_says_must_change_and_nothing_else():
    rules = re.findall(r"([^{}]+)\{[^{}]*var\(--red(?:-wash)?\)", CSS.read_text(encoding="utf-8"))
    assert rules
    assert [rule.strip() for rule in rules if "error" not in rule] == []
