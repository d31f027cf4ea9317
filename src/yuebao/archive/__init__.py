"""The archive: record, revisions, register, index. Call `setup()` once, then the rest; importing needs no set-up."""

from yuebao.archive.home import setup
from yuebao.archive.places import home_path

__all__ = ["home_path", "setup"]
