"""Yuebao 月报: reads, proofs, sets, keeps and answers from the bulletins that a city office compiles.

    from yuebao import read_issue
    issue = read_issue("issue.txt")
    issue.columns[0].items[0].headline
"""

from yuebao.pipeline import proof_issue, publish_issue, read_issue

__version__ = "0.1.0"
__all__ = ["__version__", "proof_issue", "publish_issue", "read_issue"]
