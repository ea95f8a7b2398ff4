"""How the words of a case are found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def everything(node: object) -> Iterator[object]:
    """Every node inside, itself first."""
    yield node
    if isinstance(node, tuple):
        for each in node:
            yield from everything(each)
    for name in getattr(node, "__match_args__", ()):
        yield from everything(getattr(node, name))


def there(marks: Mapping[str, object]) -> Iterator[str]:
    """The words of what is there."""
    return (word for word, found in marks.items() if found)
