"""From the months to the year: the source digest 资料长编 and the chronicle 大事记.

    events      what the year's issues tell, each account with its citation
    criteria    which of them a chronicle takes, by the office's written criteria
    fates       入选, 并入 or 不入, with the reason and the person
    turns       third person and absolute time, each turn to be approved
    telling     the entries in chronicle form: 3日, 同日, 上旬, 本月
    coverage    what the year's issues cover, month by month
    documents   digest and chronicle as issue documents, for `publish`
"""

from yuebao.ask.rolling.coverage import Coverage, coverage
from yuebao.ask.rolling.documents import chronicle_document, digest_document, fate_rows, turn_rows
from yuebao.ask.rolling.events import Event, events_of, series_of
from yuebao.ask.rolling.fates import Chronicle, Fated, chronicle, decide
from yuebao.ask.rolling.turns import Turn

__all__ = [
    "Chronicle", "Coverage", "Event", "Fated", "Turn", "chronicle", "chronicle_document", "coverage", "decide", "digest_document",
    "events_of", "fate_rows", "series_of", "turn_rows",
]
