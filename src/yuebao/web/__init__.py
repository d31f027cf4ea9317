"""The reading room 阅览室: issues, items, search and people as pages for a browser; and the desk 编辑台. `serve` opens both."""

from yuebao.web.server import is_open, serve

__all__ = ["is_open", "serve"]
