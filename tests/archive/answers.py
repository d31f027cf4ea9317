"""What an archive says, in values without ids: to be held against what it says elsewhere, in another order, after a rebuild."""


def record():
    """The revisions and the decisions, hash for hash."""
    from yuebao.archive.models import Decision, Revision

    fields = ("issue__key", "sequence", "content_hash", "source_sha256", "source_name", "added_at", "is_current")
    return {
        "revisions": list(Revision.objects.order_by("issue__key", "sequence").values_list(*fields)),
        "decisions": list(Decision.objects.order_by("sequence").values_list("decision_hash", flat=True)),
    }


def answers(words=("项目", "市委", "市", "防汛")):
    """Documents, findings, searches by relevance and by date with their facets, people and their offices, counts, every table."""
    from yuebao import archive, ask
    from yuebao.ask import counting, rolling, tables

    keys = [line.key for line in archive.issues()]
    found = {(word, order): ask.search(word, order=order, limit=50) for word in words for order in ("relevance", "date")}
    people = [name for name, _ in ask.search("", limit=1).facets.person[:5]]
    events = rolling.events_of(2025, rolling.series_of())
    return {
        "keys": keys,
        "issues": {key: archive.show(key) for key in keys},
        "findings": {key: archive.every_finding(key) for key in keys},
        "found": found,
        "who": {name: ask.who(name) for name in people},
        "offices": {office: ask.office(office) for office in ("市长", "市委书记", "副市长")},
        "counts": {kind: counting.count(kind, events, people[0] if kind == "person" else None).table() for kind in counting.KINDS},
        "tables": {name: data for name, data in tables.exported(["csv"]).items() if not name.startswith("findings")},
    }
