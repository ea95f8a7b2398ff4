"""`check --fix`: applies certain edits until none is left, and never one that leaves more errors than before."""

from __future__ import annotations

import os
from bisect import bisect_left, insort
from collections.abc import Callable, Mapping, Sequence

import attrs

from tierlang.cli.checking import Answered, Asking, together
from tierlang.cli.differences import difference
from tierlang.cli.rewriting import rewrite
from tierlang.diagnostics.diagnostic import Edit, Fix
from tierlang.reports.findings import Corrected

Answers = Callable[[Sequence[str], Asking], list[Answered]]

_ROUNDS = 10


@attrs.frozen(order=True)
class Rewritten:
    """A file, by the path that people gave, and its text before and after."""

    path: str
    before: str
    after: str


@attrs.frozen
class Fixed:
    """What fixing came to: the answers of all files as they would be then, what was put right, and the texts of the files that had edits, by real path."""

    answered: tuple[Answered, ...]
    corrected: tuple[Corrected, ...] = ()
    texts: Mapping[str, Rewritten] = attrs.field(factory=dict)

    @property
    def changed(self) -> list[Rewritten]:
        """The files that are not as they were."""
        return sorted(text for text in self.texts.values() if text.before != text.after)

    def write(self) -> None:
        """Write the changed files, each whole."""
        for text in self.changed:
            rewrite(text.path, text.before, text.after)

    def diff(self) -> str:
        """The changes as a unified diff."""
        return "".join(difference(text.path, text.before, text.after) for text in self.changed)


def fix(answered: Sequence[Answered], asking: Asking, answers: Answers) -> Fixed:
    """Apply certain fixes, round by round, to the texts in memory."""
    fixing = _Fixing(asking, answers, Fixed(tuple(answered)))
    rounds = 0
    while rounds < _ROUNDS:
        wanted = fixing.wanted()
        if not wanted:
            break
        rounds += fixing.attempt(wanted)
    return fixing.state


@attrs.frozen
class _Wanted:
    """A fix to apply, of the complaint with this code and fingerprint."""

    code: str
    fingerprint: str
    fix: Fix


@attrs.define
class _Fixing:
    """The work: what it has come to, and the fixes that made things worse."""

    asking: Asking
    answers: Answers
    state: Fixed
    refused: set[tuple[str, str]] = attrs.field(factory=set)

    def wanted(self) -> list[_Wanted]:
        """The certain fixes to apply next, in order, without those that overlap an earlier one."""
        found = together(self.state.answered, self.asking).found
        chosen: list[_Wanted] = []
        taken = _Taken()
        for one in found:
            fix = next((fix for fix in one.diagnostic.fixes if fix.certain and fix.edits), None)
            if fix is None or (one.fingerprint, fix.title) in self.refused:
                continue
            if taken.take(fix.edits):
                chosen.append(_Wanted(one.diagnostic.code, one.fingerprint, fix))
        return chosen

    def attempt(self, wanted: list[_Wanted]) -> bool:
        """Apply the fixes, or, where that leaves more errors, half of them and so on; one alone that does is refused. Whether all were applied."""
        applied = self._applied(wanted)
        if _errors(applied.answered) <= _errors(self.state.answered):
            self.state = applied
            return True
        if len(wanted) == 1:
            self.refused.add((wanted[0].fingerprint, wanted[0].fix.title))
        else:
            self.attempt(wanted[: len(wanted) // 2])
        return False

    def _applied(self, wanted: Sequence[_Wanted]) -> Fixed:
        edits: dict[str, list[Edit]] = {}
        for edit in (edit for one in wanted for edit in one.fix.edits):
            edits.setdefault(os.path.realpath(edit.span.source.path), []).append(edit)
        texts = dict(self.state.texts)
        for path, in_file in edits.items():
            source = in_file[0].span.source
            old = texts.get(path, Rewritten(source.path, source.text, source.text))
            texts[path] = attrs.evolve(old, after=_edited(in_file))
        asking = attrs.evolve(self.asking, texts={path: text.after for path, text in texts.items()})
        touched = [
            each.path for each in self.state.answered if not edits.keys().isdisjoint(map(os.path.realpath, each.files))
        ]
        anew = dict(zip(touched, self.answers(touched, asking), strict=True))
        answered = tuple(anew.get(each.path, each) for each in self.state.answered)
        corrected = [Corrected(one.code, one.fix.title, one.fix.edits[0].span) for one in wanted]
        return Fixed(answered, (*self.state.corrected, *corrected), texts)


@attrs.define
class _Taken:
    """The places that edits of this round change: by file, sorted, none touching another."""

    places: dict[str, list[tuple[int, int]]] = attrs.field(factory=dict)
    real: dict[str, str] = attrs.field(factory=dict)

    def take(self, edits: Sequence[Edit]) -> bool:
        """Take the places of a fix, unless one of them touches another: also side by side, where the order of edits would matter."""
        wanted = [(self._places(edit), (edit.span.start, edit.span.end)) for edit in edits]
        if not all(_free(places, place) for places, place in wanted):
            return False
        for places, place in wanted:
            insort(places, place)
        return True

    def _places(self, edit: Edit) -> list[tuple[int, int]]:
        path = edit.span.source.path
        if path not in self.real:
            self.real[path] = os.path.realpath(path)
        return self.places.setdefault(self.real[path], [])


def _free(places: Sequence[tuple[int, int]], place: tuple[int, int]) -> bool:
    at = bisect_left(places, place)
    before_ends = at == 0 or places[at - 1][1] < place[0]
    return before_ends and (at == len(places) or place[1] < places[at][0])


def _edited(edits: Sequence[Edit]) -> str:
    """The text with the edits made, its line ends as they are."""
    text = edits[0].span.source.text
    ends = "\r\n" if "\r\n" in text else "\n"
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: edit.span.start):
        pieces += [text[at : edit.span.start], edit.text.replace("\n", ends)]
        at = edit.span.end
    return "".join([*pieces, text[at:]])


def _errors(answered: Sequence[Answered]) -> int:
    """How many complaints keep rulesets from compiling."""
    complaints = (one for each in answered for one in (*each.complaints, *each.alone))
    return sum(one.is_error for one in complaints)
