"""The record: one transaction an issue, the same file twice changes nothing, a changed file is a revision, refused files do not stop the rest."""

import pytest

from yuebao import archive
from yuebao.archive.models import Revision

pytestmark = pytest.mark.usefixtures("stages")


@pytest.fixture
def shelf(home, stages):
    """A folder beside the archive with two monthlies and a daily."""
    folder = home.parent / "shelf"
    (folder / "daily").mkdir(parents=True)
    (folder / "april.txt").write_text(stages.APRIL, encoding="utf-8")
    (folder / "may.txt").write_text(stages.MAY, encoding="gb18030")
    (folder / "daily" / "0403.txt").write_text(stages.DAILY, encoding="utf-8")
    (folder / "notes.docx").write_bytes(b"PK\x03\x04")
    return folder


def states(*paths, **more):
    return [(a.key, a.state, a.error and a.error.code) for a in archive.add(paths, **more)]


def test_a_folder_is_added_once(shelf):
    assert states(shelf) == [
        ("云陵月报-2025-04", "added", None), ("云陵日志-2025-04-03", "added", None), ("云陵月报-2025-05", "added", None),
    ]
    assert states(shelf) == [(key, "unchanged", None) for key in ("云陵月报-2025-04", "云陵日志-2025-04-03", "云陵月报-2025-05")]
    assert Revision.objects.count() == 3
    assert archive.verify() == []
