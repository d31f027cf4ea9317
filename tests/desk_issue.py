"""An issue in hand of 云陵 for the tests: its people, three items, taken as far as 签发 through the services themselves."""

from yuebao.desk import accounts, editions, issues, items, recipients, reviews
from yuebao.desk.models import Account

PASSWORD = "雾坪镇的春茶2026"
PEOPLE = {
    "editor": ["editor", "proofreader"], "first": ["first_reviewer"], "second": ["second_reviewer"], "third": ["final_reviewer"],
    "secrecy": ["secrecy_reviewer"], "signatory": ["signatory"], "reader": ["reader"],
}
ITEMS = (
    ("要闻", "云陵市召开春季造林动员会", "1月8日，云陵市召开春季造林动员会，部署全市造林工作。全年计划造林3.2万亩。"),
    ("要闻", "何坊县新增客运班线2条", "1月12日，何坊县新增客运班线2条，方便沿线群众出行。"),
    ("民生", "云陵市图书馆延长开放时间", "1月20日，云陵市图书馆延长开放时间，每日开放至21时。"),
)


def people():
    """The accounts of an office, by name; made once."""
    for name, roles in PEOPLE.items():
        if not Account.objects.filter(name=name).exists():
            accounts.create(name, name, PASSWORD, roles, by=None)
    return {account.name: account for account in Account.objects.all()}


def opened(number=1, title="云陵月报", **more):
    """An issue of January 2026 with its three items."""
    editor = people()["editor"]
    issue = issues.open_issue(title, 2026, 1, number, by=editor, **more)
    for column, headline, text in ITEMS:
        items.create(issue, headline=headline, text=text, column_path=column, by=editor)
    return issue


def review_all(issue):
    """Every item through its three reviews."""
    by = people()
    for item in issue.items.exclude(state="withdrawn"):
        reviews.submit(item.pk, seen=item.version, by=by["editor"])
        for level, name in (("first", "first"), ("second", "second"), ("final", "third")):
            reviews.review(item.pk, level, "passed", seen=item.version, by=by[name])


def ready(**more):
    """An issue that lacks nothing but 签发."""
    by, issue = people(), opened(**more)
    issue = issues.advance(issue, "submitted", seen=issue.version, by=by["editor"])
    review_all(issue)
    issue = issues.advance(issue, "final", seen=issue.version, by=by["editor"])
    issues.secrecy(issue, "passed", by=by["secrecy"])
    return issue


def signed(monkeypatch, **more):
    """An issue signed off, with the files of `unset` for its editions."""
    from yuebao.desk import signing

    unset(monkeypatch)
    issue = ready(**more)
    return signing.sign(issue.pk, seen=issue.version, by=people()["signatory"])


def unset(monkeypatch):
    """Editions that are made at once, where what stands in them does not matter."""
    made = tuple(editions.Made(edition, format, f"云陵月报{ending}", b"%PDF-1.7") for edition, format, ending in editions.SET)
    monkeypatch.setattr(editions, "set_editions", lambda *_: made)


def send_to(*names, copies=1, mark=""):
    for name in names:
        recipients.add(name, copies, mark, by=people()["editor"])
