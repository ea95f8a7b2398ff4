"""Texts as numbers: each constant has its own, and every other number is some other text. What a text contains is asked by name."""

from __future__ import annotations

from typing import Literal, TypeAlias

import z3  # type: ignore[import-untyped]

from tierlang.analysis.solving.logic import Amount, Truth, conj, disjoined, implies, neg

Predicate: TypeAlias = tuple[Literal["contains", "starts with", "ends with"], str]


def says(predicate: Predicate, text: str) -> bool:
    """Whether a text contains, starts with or ends with the other."""
    operator, fragment = predicate
    if operator == "contains":
        return fragment in text
    return text.startswith(fragment) if operator == "starts with" else text.endswith(fragment)


class Texts:
    """The texts of one program, as far as questions have named them."""

    def __init__(self, context: z3.Context) -> None:
        self._context = context
        self._numbers: dict[str, int] = {}
        self._texts: list[str] = []
        self._functions: dict[Predicate, z3.FuncDeclRef] = {}

    def number(self, text: str) -> int:
        """The number of a constant."""
        if text not in self._numbers:
            self._numbers[text] = len(self._texts)
            self._texts.append(text)
        return self._numbers[text]

    def text(self, number: int) -> str | None:
        """The constant with this number; None: some other text."""
        return self._texts[number] if 0 <= number < len(self._texts) else None

    def among(self, value: Amount, texts: tuple[str, ...]) -> Truth:
        """Whether a text is one of these; neighbouring numbers are asked together."""
        numbers = sorted({self.number(text) for text in texts})
        if isinstance(value, int):
            return value in numbers
        runs: list[list[int]] = []
        for number in numbers:
            if runs and runs[-1][1] == number - 1:
                runs[-1][1] = number
            else:
                runs.append([number, number])
        return disjoined(
            value == first if first == last else z3.And(value >= first, value <= last) for first, last in runs
        )

    def holds(self, predicate: Predicate, value: Amount) -> Truth:
        """Whether a text contains (starts with, ends with) a constant."""
        if isinstance(value, int):
            return says(predicate, self._texts[value])
        if not predicate[1]:
            return True
        return self._function(predicate)(value)

    def _function(self, predicate: Predicate) -> z3.FuncDeclRef:
        if predicate not in self._functions:
            self._functions[predicate] = z3.Function(
                f"{predicate[0]} {predicate[1]!r}",
                z3.IntSort(self._context),
                z3.BoolSort(self._context),
            )
        return self._functions[predicate]

    def facts(self, predicates: list[Predicate], terms: list[Amount], constants: set[str]) -> list[Truth]:
        """What is so of these predicates: of the constants, and of any text by what one says of another."""
        found: list[Truth] = []
        for predicate in predicates:
            function = self._function(predicate)
            for constant in sorted(constants):
                asked = function(z3.IntVal(self.number(constant), self._context))
                found.append(asked if says(predicate, constant) else neg(asked))
        for term in terms:
            for one in predicates:
                for other in predicates:
                    if one is other:
                        continue
                    if _entails(one, other):
                        found.append(implies(self._function(one)(term), self._function(other)(term)))
                    elif one < other and _excludes(one, other):
                        found.append(neg(conj(self._function(one)(term), self._function(other)(term))))
        return found


def _entails(one: Predicate, other: Predicate) -> bool:
    """Whether every text that does the one does the other."""
    if other[0] == "contains":
        return other[1] in one[1]
    if one[0] != other[0]:
        return False
    return one[1].startswith(other[1]) if one[0] == "starts with" else one[1].endswith(other[1])


def _excludes(one: Predicate, other: Predicate) -> bool:
    """Whether no text does both: two beginnings (or ends) of which neither is part of the other."""
    if one[0] != other[0] or one[0] == "contains":
        return False
    return not _entails(one, other) and not _entails(other, one)


def text_like(true: list[Predicate], false: list[Predicate], taken: set[str], name: str) -> str | None:
    """A text of which these are true and those are not, and that is none of the taken ones; None if none was found."""
    start = max((part for operator, part in true if operator == "starts with"), key=len, default="")
    end = max((part for operator, part in true if operator == "ends with"), key=len, default="")
    inner = [part for operator, part in true if operator == "contains" and part not in start and part not in end]
    bare = " ".join([start, *inner, end]).strip() if (start or end or inner) else name
    tries = [start + "".join(inner) + end, bare, f"{start}{' '.join(inner)}{end}"]
    if not start:
        tries += [name + " " + bare, name + bare]
    if not end:
        tries += [bare + " " + name, bare + name]
    tries += [f"{start}{name}{number}{' '.join(['', *inner, ''])}{end}" for number in range(1, 40)]
    for text in tries:
        good = all(says(each, text) for each in true) and not any(says(each, text) for each in false)
        if good and text.strip() and text not in taken:
            return text
    return None
