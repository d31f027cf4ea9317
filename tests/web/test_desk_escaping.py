"""What people write is shown as written and is never markup: one office in which every name and text would be a script, every page of the desk."""

from datetime import date

import pytest
from desk_roles import signed_in
from django.core.files.uploadedfile import SimpleUploadedFile
from test_desk_doors import addresses

from desk_month import issue, people, stand_ins
from yuebao.desk import accounts, audit, comments, items, offices
from yuebao.desk.models import Account, Commission, Contributor, Erratum, IssueCopy, ItemVersion, Recipient
from yuebao.desk.permissions import ROLES
from yuebao.web.doors import DOORS

ODD = "\"'><img src=x onerror=alert(1)>{{ 7 }}"
RAW, TELLS = "<img src=x", "&lt;img src=x"


@pytest.fixture
def odd_office(home, monkeypatch):  # noqa: ARG001
    """A browser of somebody with every role, in an office where each text is odd: copy, stories, an item with its history, comments, papers."""
    stand_ins(monkeypatch)
    held = issue(people()["editor"])
    Contributor.objects.update(name=ODD, contact=ODD)
    unit = Contributor.objects.get()
    one = accounts.create("all", ODD, "雾坪镇的春茶2026", [*ROLES], by=None, contributor=unit)
    browser = signed_in(one)
    for key, (_, kind, _, _) in offices.SETTINGS.items():
        if kind in ("text", "lines"):
            offices.settle(key, [f"{ODD} {ODD}"] if kind == "lines" else ODD, one)
    held.title, held.masthead = ODD, offices.masthead().to_dict()
    held.save()
    files = [SimpleUploadedFile(f"{ODD.replace('/', ' ')}{n}.txt", f"{ODD}{n}【{ODD}】\n{ODD}。".encode()) for n in range(2)]
    assert browser.post("/desk/1/copy/", {"files": files, "outlet": ODD}).status_code == 200
    assert browser.post("/desk/1/inbox/gather/").status_code == 303
    item = items.create(held, headline=ODD, text=f"{ODD}。\n{ODD}", column_path=ODD, by=one)
    ItemVersion.objects.create(item=item, version=99, headline=ODD, text=ODD, column_path=ODD, at=held.opened_at, by=one, note=ODD)
    comments.add(item.pk, ODD, by=one)
    at = {"at": held.opened_at, "by": one}
    to = Recipient.objects.create(name=ODD, mark=ODD)
    IssueCopy.objects.create(issue=held, number=1, recipient=to, sent_at=held.opened_at, received_by=ODD)
    Erratum.objects.create(issue=held, printed=ODD, right=ODD, reason=ODD, **at)
    Commission.objects.create(issue=held, contributor=unit, subject=ODD, due_on=date(2026, 1, 20), asked_at=held.opened_at, asked_by=one)
    audit.note(ODD, ODD[:60], ODD, **{"reason": ODD, ODD: {ODD: [ODD]}})
    assert Account.objects.filter(full_name=ODD).exists()
    return browser


def test_no_page_lets_it_through(odd_office):
    told = 0
    for name, address in addresses():
        if address.startswith("/desk/") and "GET" in DOORS[name]:
            for query in ("", "?lang=en"):
                answer = odd_office.get(address + query)
                if answer["Content-Type"].startswith("text/html"):
                    html = answer.content.decode()
                    assert answer.status_code < 500, address
                    assert RAW not in html, address
                    assert ">49" not in html, address
                    told += TELLS in html
    assert told > 25
