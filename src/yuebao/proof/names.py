"""N: names and offices. A doubt about a name is a question to the editor, never a proposal; nothing here says that a name is wrong."""

from __future__ import annotations

RULES = ()
