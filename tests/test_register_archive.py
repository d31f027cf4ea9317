"""The register in the archive: the same whatever the order, after a rebuild, a revision, a crash; decisions kept, undone, proved."""

import json
import random

import pytest

import register_year
from yuebao import archive, pipeline
from yuebao.annotate import annotate
from yuebao.archive import register, stages
from yuebao.errors import ArchiveError, UsageError
from yuebao.model import Findings, content_hash


@pytest.fixture(scope="module")
def year(tmp_path_factory, new_home, django_db_blocker):
    """The folder of an archive with twelve months, added in order of time, and what its register says."""
    from archive.homes import archive_at

    folder = tmp_path_factory.mktemp("year")
    with pytest.MonkeyPatch.context() as patched, archive_at(folder / "home", new_home, django_db_blocker) as home:
        patched.setenv("YUEBAO_HOME", str(home))
        without_proof(patched)
        assert [added.state for added in archive.add(register_year.put(folder / "texts"))] == ["added"] * 12
        said = register.dump()
    return folder, said


@pytest.fixture
def kept(tmp_path, year, django_db_blocker, monkeypatch):
    """The home of such an archive, the test's own."""
    from archive.homes import archive_at

    monkeypatch.setenv("YUEBAO_HOME", str(tmp_path / "home"))
    without_proof(monkeypatch)
    with archive_at(tmp_path / "home", year[0] / "home", django_db_blocker) as home:
        yield home


ANNOTATED = {}


def annotated_once(issue):
    """What `annotate` gives, made once for each document: it is a function of its argument (promise 4), and a year takes long."""
    key = content_hash(issue)
    if key not in ANNOTATED:
        ANNOTATED[key] = annotate(issue)
    return ANNOTATED[key]


def without_proof(monkeypatch):
    monkeypatch.setattr(pipeline, "proof_issue", lambda issue, *_: Findings(issue.source, ()))
    monkeypatch.setattr("yuebao.pipeline.issues.annotate", annotated_once)
    monkeypatch.setattr(stages, "annotate", annotated_once)


def people(name=None):
    entries = [json.loads(line) for line in register.dump().splitlines()]
    return [e for e in entries if e["layer"] == "person" and (name is None or e["name"] == name)]


def posts(name):
    return [{post: count for post, _, _, count, *_ in person["tenures"]} for person in people(name)]


# ---- the same register ----


def test_the_order_of_adding_does_not_matter(year, home, monkeypatch):
    """Must show 6: twelve months of one city, archived twice in different orders, give the same register."""
    without_proof(monkeypatch)
    paths = sorted((year[0] / "texts").iterdir())
    random.Random(7).shuffle(paths)
    assert paths != sorted(paths)
    for part in (paths[:5], paths[5:6], paths[6:]):
        list(archive.add(part))
    assert home.exists()
    assert register.dump() == year[1]
    assert len(year[1].splitlines()) > 100


@pytest.mark.usefixtures("kept")
def test_a_year_of_one_city():
    assert posts("梁以宁")[0]["云陵市长"] > 50
    assert posts("梁以宁")[0]["云陵市委书记"] > 20
    # nothing in print links the two: 纪明川 of the city and of the province stay apart until somebody says otherwise
    assert [list(held) for held in posts("纪明川")] == [["云陵市委书记"], ["省农业农村厅长"]]


@pytest.mark.usefixtures("kept")
def test_made_again_it_is_the_same(year):
    archive.rebuild()
    assert register.dump() == year[1]
    assert archive.verify() == []


@pytest.mark.usefixtures("kept")
def test_another_form_of_the_program_makes_it_again(year, monkeypatch):
    from yuebao.archive.models import Registered
    from yuebao.archive.register import rows

    Registered.objects.all().delete()
    assert register.dump() == ""
    monkeypatch.setattr(rows, "FORM", "the next")
    assert register.dump() == year[1]


def test_a_revision_takes_its_people_along(kept):
    path = kept.parent / "yunling_2025_03.txt"
    text = register_year.month_of(3)
    path.write_text(text.replace("卜德胜", "卜怀德"), encoding="utf-8")
    before = [a[0] for a in people("卜德胜")[0]["appearances"]]
    assert [added.state for added in archive.add([path])] == ["revised"]
    assert [a[0] for a in people("卜德胜")[0]["appearances"]] == [key for key in before if not key.endswith("-03")]
    assert [a[0] for a in people("卜怀德")[0]["appearances"]] == [key for key in before if key.endswith("-03")]
    path.write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("kept")
def test_what_a_crash_left_is_made_up_for():
    """The mentions are in, the register has not followed yet."""
    from yuebao.archive.models import Registered, Unregistered

    Registered.objects.filter(layer="person", name="梁以宁").delete()
    Unregistered.objects.create(layer="person", name="梁以宁")
    assert posts("梁以宁")[0]["云陵市长"] > 50
    assert not Unregistered.objects.exists()


def test_a_place_known_later_is_known_for_all(home, monkeypatch):
    """市长 of an issue that names no sponsor is the city's as soon as another issue names one, whichever came first."""
    without_proof(monkeypatch)
    first, second = register_year.put(home.parent / "texts", {"yunling_2025_03.txt", "yunling_2025_04.txt"})
    whole = first.read_text(encoding="utf-8")
    no_place = "\n".join(line for line in whole.splitlines() if not line.startswith(("主 管", "主 办", "编 印", "云陵市地方志编纂中心")))
    first.write_text(no_place, encoding="utf-8")
    list(archive.add([first]))
    assert "市长" in posts("梁以宁")[0]
    list(archive.add([second]))
    assert "云陵市长" in posts("梁以宁")[0]
    assert "市长" not in posts("梁以宁")[0]
    assert archive.verify() == []


# ---- decisions ----


@pytest.mark.usefixtures("kept")
def test_a_merge_holds_after_a_rebuild_and_can_be_undone(year):
    decided = register.merge("纪明川#1", "纪明川#2", "解文渊")
    assert [list(held) for held in posts("纪明川")] == [["云陵市委书记", "省农业农村厅长"]]
    after = register.dump()
    archive.rebuild()
    assert register.dump() == after
    assert (decided.kind, decided.decided_by) == ("merge", "解文渊")
    assert register.undo(decided.digest[:6]).digest == decided.digest
    assert register.dump() == year[1]
    assert archive.verify() == []


@pytest.mark.usefixtures("kept")
def test_two_forms_of_a_name_are_joined():
    register.merge("邱长青#1", "邱常青")
    assert [(p["name"], sorted(p["names"])) for p in people() if "邱常青" in p["names"]] == [("邱长青", ["邱常青", "邱长青"])]


@pytest.mark.usefixtures("kept")
def test_a_split_holds_after_a_rebuild_and_can_be_undone(year):
    decided = register.split("梁以宁", [("云陵月报-2025-03", 1), ("云陵月报-2025-03", 2)])
    assert [len(p["appearances"]) for p in people("梁以宁")][1] == 2
    after = register.dump()
    register.mark_all()
    assert register.dump() == after
    register.undo(decided.digest)
    assert register.dump() == year[1]


def test_a_decision_stands_while_its_text_stands(kept):
    """It is attached to texts, not to rows: an issue revised elsewhere keeps it, one whose text changed asks again."""
    from yuebao.archive import decisions
    from yuebao.archive.register.deciding import has_evidence

    register.split("匡慧", [("云陵月报-2025-03", 8)])
    assert len(people("匡慧")) == 2
    path = kept.parent / "yunling_2025_03.txt"
    path.write_text(register_year.month_of(3).replace("地方志编纂中心编", "地方志编纂中心 编"), encoding="utf-8")
    list(archive.add([path]))
    assert len(people("匡慧")) == 2
    assert has_evidence(decisions.decisions()[0])
    item = next(i for i in archive.show("云陵月报-2025-03").items() if i.number == 8)
    path.write_text(register_year.month_of(3).replace(item.headline, item.headline[:-1]).replace("一起吃了午饭", "一起吃了早饭"), encoding="utf-8")
    list(archive.add([path]))
    assert len(people("匡慧")) == 1
    assert not has_evidence(decisions.decisions()[0])
    assert archive.verify() == []


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(("act", "code"), [
    (lambda: register.merge("无此人", "梁以宁"), "E407"),
    (lambda: register.merge("梁以宁", "梁以宁"), "E209"),
    (lambda: register.merge("纪明川", "梁以宁"), "E209"),
    (lambda: register.merge("纪明川#9", "梁以宁"), "E209"),
    (lambda: register.merge("纪明川#x", "梁以宁"), "E209"),
    (lambda: register.split("梁以宁", [("云陵月报-2025-01", 999)]), "E404"),
    (lambda: register.split("梁以宁", []), "E209"),
    (lambda: register.undo("abcd"), "E207"),
    (lambda: register.undo(""), "E207"),
])
def test_what_cannot_be_decided_is_refused(act, code):
    from yuebao.archive import decisions

    with pytest.raises((UsageError, ArchiveError)) as refused:
        act()
    assert refused.value.code == code
    assert decisions.decisions() == ()


@pytest.mark.usefixtures("kept")
def test_what_is_undone_is_not_undone_again():
    decided = register.merge("纪明川#1", "纪明川#2")
    register.undo(decided.digest)
    with pytest.raises(UsageError, match="E207"):
        register.undo(decided.digest)


# ---- proved ----


def altered(model, **changes):
    def alter():
        row = model().objects.order_by("pk").first()
        model().objects.filter(pk=row.pk).update(**changes)
    return alter


def decision():
    from yuebao.archive.models import Decision

    return Decision


def tenure():
    from yuebao.archive.models import Tenure

    return Tenure


def appearance():
    from yuebao.archive.models import Appearance

    return Appearance


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(("alter", "kind", "cure"), [
    (altered(decision, statement='{"names":["邱长青"],"spots":[]}'), "decision", "restore"),
    (altered(decision, decided_by="别人"), "decision", "restore"),
    (altered(decision, kind="split"), "decision", "restore"),
    (lambda: decision().objects.order_by("pk").first().delete(), "decision", "restore"),
    (altered(tenure, post="云陵市市长"), "register", "rebuild"),
    (altered(tenure, count=99), "register", "rebuild"),
    (altered(appearance, evidence="decision"), "register", "rebuild"),
])
def test_verify_finds_what_was_altered(alter, kind, cure):
    register.merge("邱长青#1", "邱常青")
    register.merge("纪明川#1", "纪明川#2")
    alter()
    faults = [fault for fault in archive.verify() if fault.kind == kind]
    assert faults
    assert {fault.cure for fault in faults} == {cure}
    if cure == "rebuild":
        register.mark_all()
        register.follow()
        assert archive.verify() == []
