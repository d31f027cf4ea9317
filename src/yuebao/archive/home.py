"""Where the archive lives, and making it ready: the folder, its secret key, its tables.

`setup` is what a program calls once before it touches the archive. Importing this module needs no set-up and writes nothing.
"""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from yuebao import lexicon
from yuebao.archive.engines import order_by_code_point
from yuebao.archive.places import BUSY_SECONDS, database_of, home_path, lexicon_path, secret_key_path
from yuebao.archive.trouble import told
from yuebao.errors import ArchiveError, UsageError

SETTINGS = "yuebao.archive.settings"
PAUSE = 0.05  # seconds between two looks at what another first start is doing
KEY_TRIES = 20


def setup(home: Path | str | None = None) -> Path:
    """Make the archive at `home` (default: YUEBAO_HOME, ~/.yuebao) ready to use, and return its folder.

    Makes what is lacking (folder, secret key, tables), brings older tables up to date, and does nothing where nothing is to do. A second
    call with another home moves the process over to it. The lexicons of the home are in use from then on.
    Raises ArchiveError (E401 damaged, E402 busy, E403 no rights, E405 newer program) and UsageError E208 (a fault in one of the lexicons).
    """
    if home is not None:
        os.environ["YUEBAO_HOME"] = str(Path(home).expanduser().absolute())
    folder = home_path()
    key = _make_folder(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if not apps.ready:
        django.setup()
    settings.SECRET_KEY = key
    use_lexicons(folder)
    _point_at(folder)
    with told():
        _migrate()
        order_by_code_point()
    return folder


def use_lexicons(home: Path) -> None:
    """Let the office's own lexicons in `home` count from now on. Raises UsageError E208, naming file and line of a fault."""
    try:
        lexicon.use(lexicon_path(home))
    except lexicon.LexiconError as error:
        raise UsageError("E208", reason=str(error)) from None
    except OSError as error:
        raise UsageError("E208", reason=f"{lexicon_path(home)}: {error.strerror}") from None


def _make_folder(folder: Path) -> str:
    """The secret key of the folder, both made where they are lacking; the key is readable by its owner alone."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = _key(secret_key_path(folder))
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(folder)
    except (OSError, UnicodeDecodeError):
        raise ArchiveError("E403", name=str(folder)) from None
    return key


def _key(path: Path) -> str:
    """The key at `path`, made where there is none; one that another first start is just writing is waited for."""
    for _ in range(KEY_TRIES):
        if not path.exists():
            _write_key(path)
        if key := path.read_text(encoding="ascii").strip():
            return key
        time.sleep(PAUSE)
    path.unlink()  # left empty by a crash
    _write_key(path)
    return path.read_text(encoding="ascii").strip()


def _write_key(path: Path) -> None:
    # exclusive, so that of two first starts only one key remains
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48) + "\n")


def _point_at(folder: Path) -> None:
    """Let the default connection speak to the archive in `folder`; a connection to another one is closed."""
    wanted = database_of(folder)
    current = connections["default"].settings_dict
    if all(current.get(name) == value for name, value in wanted.items()):
        return
    connections.close_all()
    is_other_engine = current.get("ENGINE") != wanted["ENGINE"]
    if is_other_engine:  # what is of the one is nothing to the other
        current["OPTIONS"] = {}
        settings.DATABASES["default"]["OPTIONS"] = {}
    for name, value in wanted.items():
        settings.DATABASES["default"][name] = value
        current[name] = value
    if is_other_engine:
        del connections["default"]  # made anew, by the other engine, when it is next asked for


def _migrate() -> None:
    """Bring the tables up to date; where another first start is at it, wait for it."""
    until = time.monotonic() + BUSY_SECONDS
    while _is_behind():
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except DatabaseError:
            if time.monotonic() > until:
                raise
            time.sleep(PAUSE)


def _is_behind() -> bool:
    """Whether there are changes of the tables to make; raises ArchiveError E405 where a newer program has made some."""
    executor = MigrationExecutor(connection)
    loader = executor.loader
    ours = loader.migrated_apps
    newer = [f"{app} {name}" for app, name in loader.applied_migrations if app in ours and (app, name) not in loader.graph.nodes]
    if newer:
        raise ArchiveError("E405", reason=max(newer))
    return bool(executor.migration_plan(loader.graph.leaf_nodes()))
