"""The reading room 阅览室: issues, items, search and people as pages for a browser on this computer. `serve` is its door."""

from yuebao.web.server import serve

__all__ = ["serve"]
