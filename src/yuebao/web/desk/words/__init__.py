"""The words of the desk's pages, Chinese and English, one module a part of the desk; `web.words` takes them all in."""

from __future__ import annotations

from yuebao.web.desk.words import accounts, copy, frame, issues, items

PARTS = (frame.WORDS, accounts.WORDS, issues.WORDS, copy.WORDS, items.WORDS)
