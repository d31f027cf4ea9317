"""People at the desk in a browser: each signed in on a page of their own, doing what they do through the forms alone."""

import re

from playwright.sync_api import expect

from yuebao import samples

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]
PASSWORD = "云陵 2026 月报"
ROWS = 25  # stories on a page of the inbox
DROPPED = ("2026年度征订", "湖景商铺", "薄雾")  # what belongs in no bulletin

expect.set_options(timeout=30_000)  # the machine may be busy: a slow answer is no fault


class Person:
    """Somebody with a page of their own; `errors` are the pages that failed."""

    def __init__(self, browser, address, has_script=True):
        self.context = browser.new_context(base_url=address, java_script_enabled=has_script, locale="zh-CN", accept_downloads=True)
        self.page = self.context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.errors = []
        self.page.on("response", lambda answer: self.errors.append((answer.status, answer.url)) if answer.status >= 400 else None)

    def goes(self, address):
        self.page.goto(address)
        return self.page

    def sends(self, form, button="button", **fields):
        """Fill a form of the page and press one of its buttons; a list ticks the boxes of these values."""
        within = self.page.locator(form).first
        for name, value in fields.items():
            field = within.locator(f"[name={name}]")
            if isinstance(value, list):
                for each in value:
                    within.locator(f"[name={name}][value='{each}']").check()
            elif field.first.evaluate("e => e.tagName") == "SELECT":
                field.first.select_option(value)
            else:
                field.first.fill(value)
        within.locator(button).first.click()
        return self.page

    def ticks_all(self, name):
        for box in self.page.locator(f"input[type=checkbox][name={name}]").all():
            box.check()

    def signs_in(self, name):
        self.goes("/desk/sign-in/")
        self.sends("main form", name=name, password=PASSWORD)
        expect(self.page.get_by_role("button", name="退出")).to_be_visible()
        return self


def make_accounts(browser, address, people, has_script):
    """The first administrator, then the people by name and roles, through the pages; each of them signed in."""
    admin = Person(browser, address, has_script)
    admin.goes("/desk/first/")
    admin.sends("main form", name="admin", full_name="贝守拙", password=PASSWORD, password_again=PASSWORD)
    for name, (full_name, roles) in people.items():
        admin.goes("/desk/accounts/")
        admin.sends("main form", name=name, full_name=full_name, roles=roles, password=PASSWORD, password_again=PASSWORD)
        expect(admin.page.get_by_role("cell", name=name, exact=True)).to_be_visible()
    return {"admin": admin} | {name: Person(browser, address, has_script).signs_in(name) for name in people}


def open_the_issue(editor):
    """January 2026 opened with the numbers proposed; the address of the issue."""
    editor.goes("/desk/")
    editor.sends("main details form", title="云陵月报", year="2026", month="1", number="1", serial_number="95")
    expect(editor.page.get_by_role("heading", level=1)).to_contain_text("2026年第1期")
    return re.sub(r"^.*?(/desk/\d+/).*$", r"\1", editor.page.url)


def take_in_the_month(editor, issue):
    """The sixty texts and their register in one form: what the page says became of them."""
    editor.goes(issue + "copy/")
    if not editor.page.locator("input[type=file]").is_visible():
        editor.page.locator("details.sending > summary").click()
    editor.page.locator("input[type=file]").set_input_files([*samples.copy(), samples.copy_register_path()])
    editor.page.locator("form[enctype] button").click()
    outcomes = editor.page.locator("section[aria-labelledby=outcomes-title] tbody tr")
    expect(outcomes).to_have_count(60)
    return outcomes


# ---- the way of an issue, each part by whoever does it ----


def decide_on_the_stories(editor, issue):
    """The copy gathered; one story split and put together again; what belongs in no bulletin dropped; all others accepted."""
    editor.goes(issue + "inbox/")
    editor.sends("form[action$='/gather/']")
    editor.goes(issue + "inbox/")
    _part_and_join(editor, issue, "望川轴承产业园三期")
    _drop(editor, issue)
    editor.goes(issue + "inbox/")
    left = None
    while (now := editor.page.locator("li.card").count()) and now != left:
        left = now if now < ROWS else None
        editor.ticks_all("story")
        editor.sends("#ticked", "button[value=accept]")
        editor.goes(issue + "inbox/")
    expect(editor.page.locator(".empty")).to_be_visible()


def _part_and_join(editor, issue, headline):
    """The story of that headline parted, and joined again."""
    link = editor.page.locator("li.card h2 a", has_text=headline).first
    address, text = link.get_attribute("href"), link.inner_text()
    editor.goes(address)
    texts = editor.page.locator("input[form=split]").count()
    assert texts > 2, text
    editor.page.locator("input[form=split]").last.check()
    editor.page.locator("#split button").click()
    editor.goes(issue + "inbox/")
    boxes = editor.page.locator("li.card", has_text=headline).locator("input[name=story]")
    assert boxes.count() >= 2
    for box in boxes.all()[:2]:
        box.check()
    editor.sends("#ticked", "button[value=merge]")
    editor.goes(address)
    expect(editor.page.locator("input[form=split]")).to_have_count(texts)


def _drop(editor, issue):
    for words in DROPPED:
        for leaf in (1, 2, 3):
            editor.goes(f"{issue}inbox/?page={leaf}")
            box = editor.page.locator("li.card", has_text=words).locator("input[name=story]")
            if box.count():
                box.first.check()
                editor.sends("#ticked", "button[value=drop]", reason="不属本资料收录范围")
                break
        else:
            raise AssertionError(f"{words} is in no story")


def edit_one(editor, issue):
    """An item edited; its number. The history shows what was changed."""
    editor.goes(issue + "board/")
    link = editor.page.locator(".line a", has_text="市委常委会召开第111次会议").first
    address = link.get_attribute("href")
    editor.goes(address)
    editor.sends("form.item-form", headline="市委常委会第111次会议召开", note="条题按本室体例")
    editor.goes(address + "history/")
    expect(editor.page.locator("article.version")).to_have_count(2)
    expect(editor.page.locator("article.version ins").first).to_be_visible()
    return address


def move_one(editor, issue):
    """An item taken to another column, then a place up or down."""
    editor.goes(issue + "board/")
    line = editor.page.locator(".line", has_text="诸葛长安")
    line.locator("input[name=ticked]").check()
    editor.sends("#board", "button:has-text('移栏')", column="云陵人物")
    column = editor.page.locator("section[data-column='云陵人物']")
    expect(column.locator(".line", has_text="诸葛长安")).to_have_count(1)
    editor.page.locator("section[data-column='重要会议'] .line").last.locator("button[value^=up]").click()


def submit_all(editor, issue):
    editor.goes(issue + "board/")
    editor.ticks_all("ticked")
    editor.page.locator("#board button[formaction$='/submit/']").click()


def pass_all(reviewer, issue, level):
    """Everything that waits for the level passed with one button; how many items."""
    reviewer.goes(f"{issue}reviews/?level={level}")
    waiting = reviewer.page.locator("input[name=ticked]").count()
    reviewer.ticks_all("ticked")
    reviewer.sends("main form")
    reviewer.goes(f"{issue}reviews/?level={level}")
    expect(reviewer.page.locator("input[name=ticked]")).to_have_count(0)
    return waiting


def send_one_back(reviewer, editor, address):
    """An item returned with a reason, edited again and submitted."""
    reviewer.goes(address)
    reviewer.sends("form[action*='/review/']", "button[value=returned]", note="出席人员请按任免表核对")
    editor.goes(address)
    expect(editor.page.get_by_text("出席人员请按任免表核对").first).to_be_visible()
    text = editor.page.locator("form.item-form textarea[name=text]").input_value()
    editor.sends("form.item-form", "button[name=submit]", headline="市委常委会召开第111次会议", text=text)


def to_stage(editor, issue):
    """The issue to its next 稿次."""
    editor.goes(issue)
    editor.sends(f"form[action='{issue}stage/']")


def make_a_proof(proofreader, issue, is_last=False):
    proofreader.goes(issue)
    if is_last:
        proofreader.page.locator("form[action$='/rounds/'] [name=is_last]").check()
    proofreader.sends("form[action$='/rounds/']")


def pass_secrecy(secrecy_reviewer, issue):
    secrecy_reviewer.goes(issue)
    secrecy_reviewer.sends(f"form[action='{issue}secrecy/']", verdict="passed")


def sign(signatory, issue):
    """The issue signed off; the address of the archived issue in the reading room."""
    signatory.goes(issue + "signing/?proof=1")
    signatory.page.set_default_timeout(90_000)
    reason = {"reason": "已核，照原稿"} if signatory.page.locator("main form [name=reason]").count() else {}
    signatory.sends("main form", **reason)
    expect(signatory.page.locator("table.grid a").first).to_be_visible()
    return signatory.page.locator("main a[href^='/issue/']").first.get_attribute("href")


def distribute(editor, issue):
    """Two recipients, three numbered copies, one of them signed for."""
    for name, copies, mark in (("市委办公室", "2", "甲"), ("市档案馆", "1", "存")):
        editor.goes("/desk/recipients/")
        editor.sends("main form:not(.card)", name=name, copies=copies, mark=mark)
    editor.goes(issue + "distribution/")
    editor.sends("main form")
    copies = editor.page.locator("input[name=copy]")
    expect(copies).to_have_count(3)
    copies.first.check()
    editor.sends("form[action$='/copies/']", "button[value=received]", receiver="盖明德")
    expect(editor.page.get_by_text("盖明德").first).to_be_visible()


def fetch_one(reader, issue):
    """The first edition fetched; its bytes."""
    reader.goes(issue + "signing/")
    with reader.page.expect_download() as fetched:
        reader.page.locator("a[href*='/editions/']").first.click()
    return fetched.value.path().read_bytes()


def correct(editor, issue, archived):
    """An erratum to the first item, seen beside the passage in the reading room."""
    editor.goes(issue + "errata/")
    number = editor.page.locator("select[name=item] option").first.get_attribute("value")
    editor.goes(f"{archived}{number}/")
    printed = re.search(r"\d+月\d+日", editor.page.locator("article").first.inner_text())[0]
    editor.goes(issue + "errata/")
    editor.sends("form:has([name=printed])", item=number, printed=printed, right="1月31日", reason="来稿日期有误")
    editor.goes(f"{archived}{number}/")
    expect(editor.page.get_by_text("1月31日").first).to_be_visible()


# ---- an office too small for three reviewers ----


def refused_to_do_two(reviewer, issue):
    """Who did the first review cannot do the second: nothing is passed, and the page says why."""
    reviewer.goes(issue + "reviews/?level=second")
    waiting = reviewer.page.locator("input[name=ticked]").count()
    reviewer.ticks_all("ticked")
    reviewer.sends("main form")
    expect(reviewer.page.get_by_text("不能由一人承担").first).to_be_visible()
    reviewer.goes(issue + "reviews/?level=second")
    expect(reviewer.page.locator("input[name=ticked]")).to_have_count(waiting)


def let_one_person_do_two(admin):
    """The setting of the office: three reviews need not be by three people."""
    admin.goes("/desk/office/")
    admin.page.locator("[name=reviews_by_three]").uncheck()
    admin.sends("main form")
    expect(admin.page.locator("[name=reviews_by_three]")).not_to_be_checked()


def said_of_reviews(editor, issue):
    """The sheet of reviews 审校单 as it is printed."""
    editor.goes(issue + "papers/")
    editor.page.locator("main a", has_text="打印").first.click()
    return editor.page.locator("article.paper").inner_text()
