"""Archives for tests. What speaks to Django is imported late: the settings must not be read before `conftest.py` has named a home."""

import shutil
from contextlib import contextmanager

import pytest

from archive import postgres

of_sqlite = pytest.mark.skipif(postgres.IS_ON, reason="of the file that SQLite keeps")


@contextmanager
def archive_at(folder, template, blocker):
    """A copy of the archive `template` at `folder`, set up and spoken to while the context lasts."""
    from django.db import connections

    from yuebao import archive

    shutil.copytree(template, folder)
    if postgres.IS_ON:
        connections.close_all()  # a database that is spoken to cannot be copied
        postgres.use(folder, template)
    with blocker.unblock():
        try:
            yield archive.setup(folder)
        finally:
            connections.close_all()


def setup_at(folder):
    """An archive set up at `folder`, which is new; a database of its own is named for it."""
    from yuebao import archive

    if postgres.IS_ON:
        postgres.use(folder)
    return archive.setup(folder)


def stand_ins(monkeypatch):
    from archive import bulletins
    from yuebao import pipeline
    from yuebao.archive import stages as stages_of_archive

    monkeypatch.setattr(pipeline, "read_bytes", bulletins.read_bytes)
    monkeypatch.setattr(pipeline, "proof_issue", bulletins.proof)
    monkeypatch.setattr(stages_of_archive, "annotate", bulletins.annotate)
    return bulletins
