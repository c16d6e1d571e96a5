"""A practice as the guide sees it: by its features, never by its name."""

from collections.abc import Iterator

from thaw.guide.state import Offered
from thaw.practice.parts import Conditions, Line, Practice


def offered_of(practice: Practice) -> Offered:
    """Return what the guide is told of a practice."""
    return Offered(
        id=practice.id,
        title=practice.title,
        level=practice.level,
        least=practice.minutes.least,
        usual=practice.minutes.usual,
        most=practice.minutes.most,
        is_inward=turns_inward(practice),
        moving=practice.moving == "self" or not {"walking", "moving"}.isdisjoint(practice.postures),
        eyes=practice.eyes,
        themes=practice.themes,
        postures=practice.postures,
        anchors=practice.anchors,
    )


def turns_inward(practice: Practice) -> bool:
    """Return whether any of it turns attention inside; what only answers a tap does not count."""
    return any(when.inward for when in _conditions(practice))


def _conditions(practice: Practice) -> Iterator[Conditions]:
    for section in practice.sections:
        if section.response is not None:
            continue
        yield section.when
        for item in section.items:
            if isinstance(item, Line):
                yield from (variant.when for variant in item.variants)
    for entries in practice.lists.values():
        yield from (entry.when for entry in entries)
