"""The texts that the promises are held on: the sample series, and the two real issues, which must be there in CI."""

import os
from functools import cache

from real import SEEDS
from yuebao import pipeline, samples

# in CI a missing real issue fails every test that is held on TEXTS, in place of leaving it out in silence
assert SEEDS or not os.environ.get("CI"), "../shared/seeds is not here"

TEXTS = (*samples.paths(), *SEEDS)


@cache
def reading(path):
    """The annotated issue of a text and its Source; read once, for they are frozen."""
    return pipeline.read_bytes(path.name, path.read_bytes())


def neighbours(path):
    """The mastheads of the other issues of the sample series; none for a real issue."""
    return [reading(other)[0].masthead for other in samples.paths() if path in samples.paths() and other != path]
