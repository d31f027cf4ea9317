"""The archive: record, revisions, register, index.

Call `setup()` once; then `add`, `issues`, `show`, `findings_of`, `every_finding`, `proof_in_run`, `source_of`, `verify`, `rebuild`,
`stale`. Importing this package needs no set-up: what speaks to the database is loaded when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from yuebao.archive.home import setup
from yuebao.archive.places import home_path
from yuebao.archive.values import Added, Fault, IssueLine

if TYPE_CHECKING:
    from yuebao.archive.audit import verify
    from yuebao.archive.bag import Carried, backup, export_bag, import_bag, restore
    from yuebao.archive.beyond import every_finding, proof_among, proof_in_run
    from yuebao.archive.judgements import accept, acceptances, accepted, accepted_of, standing, unwaive, waive
    from yuebao.archive.record import add, findings_of, issues, rebuild, run_of, show, source_of, stale
    from yuebao.archive.waivers import judged

__all__ = [
    "Added", "Carried", "Fault", "IssueLine", "accept", "acceptances", "accepted", "accepted_of", "add", "backup", "every_finding",
    "export_bag", "findings_of", "home_path", "import_bag", "issues", "judged", "proof_among", "proof_in_run", "rebuild", "restore",
    "run_of", "setup", "show", "source_of", "stale", "standing", "unwaive", "verify", "waive",
]
_BEYOND = ("every_finding", "proof_among", "proof_in_run")
_RECORD = ("add", "findings_of", "issues", "rebuild", "run_of", "show", "source_of", "stale")
_JUDGEMENTS = ("accept", "acceptances", "accepted", "accepted_of", "standing", "unwaive", "waive")
_BAG = ("Carried", "backup", "export_bag", "import_bag", "restore")
_HOMES = {"verify": "audit", "judged": "waivers"} | {
    name: module
    for module, names in (("bag", _BAG), ("beyond", _BEYOND), ("judgements", _JUDGEMENTS), ("record", _RECORD)) for name in names
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"yuebao.archive.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
