"""Yuebao 月报: reads, proofs, sets, keeps and answers from the bulletins that a city office compiles.

    from yuebao import read_issue
    issue = read_issue("issue.txt")
    issue.columns[0].items[0].headline
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yuebao.pipeline import proof_issue, publish_issue, read_issue

__version__ = "0.1.0"
__all__ = ["__version__", "proof_issue", "publish_issue", "read_issue"]


def __getattr__(name: str) -> object:
    """The functions of the pipeline, loaded when first asked for: importing a room alone stays quick."""
    if name in __all__:
        from yuebao import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'yuebao' has no attribute {name!r}; it has {', '.join(__all__)}")
