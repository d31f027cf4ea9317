"""Where the archive lives, and making it ready: the folder, its secret key, its tables.

`setup` is what a program calls once before it touches the archive. Importing this module needs no set-up and writes nothing.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from yuebao.archive.places import database_of, home_path, secret_key_path
from yuebao.archive.trouble import told
from yuebao.errors import ArchiveError

SETTINGS = "yuebao.archive.settings"


def setup(home: Path | str | None = None) -> Path:
    """Make the archive at `home` (default: YUEBAO_HOME, ~/.yuebao) ready to use, and return its folder.

    Makes what is lacking (folder, secret key, tables), brings older tables up to date, and does nothing where nothing is to do. A second
    call with another home moves the process over to it. Raises ArchiveError: E401 damaged, E402 busy, E403 no rights, E405 newer program.
    """
    if home is not None:
        os.environ["YUEBAO_HOME"] = str(Path(home).expanduser().absolute())
    folder = home_path()
    key = _make_folder(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if not apps.ready:
        django.setup()
    settings.SECRET_KEY = key
    _point_at(folder)
    with told():
        _migrate()
    return folder


def _make_folder(folder: Path) -> str:
    """The secret key of the folder, both made where they are lacking; the key is readable by its owner alone."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = secret_key_path(folder)
        if not path.exists():
            _write_key(path)
        key = path.read_text(encoding="ascii").strip()
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(folder)
    except (OSError, UnicodeDecodeError):
        raise ArchiveError("E403", name=str(folder)) from None
    return key


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
    for name, value in wanted.items():
        settings.DATABASES["default"][name] = value
        current[name] = value


def _migrate() -> None:
    """Bring the tables up to date."""
    executor = MigrationExecutor(connection)
    loader = executor.loader
    ours = loader.migrated_apps
    newer = [f"{app} {name}" for app, name in loader.applied_migrations if app in ours and (app, name) not in loader.graph.nodes]
    if newer:
        raise ArchiveError("E405", reason=max(newer))
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError:
        # two first starts at once: the other one has made the tables meanwhile
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise
