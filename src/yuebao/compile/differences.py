"""Matters of which the reports of one event do not say the same: for the editor to look at, with each report's words."""

from __future__ import annotations

from collections.abc import Sequence

from yuebao.compile.values import Clipping, Difference


def differences(clippings: Sequence[Clipping]) -> tuple[Difference, ...]:
    """The differences between reports of one event, in the order of the first report's text."""
    del clippings
    return ()
