"""Findings of every sort, for the tests of all formats."""

from __future__ import annotations

import datetime as dt

from tierlang.diagnostics.diagnostic import Diagnostic, Edit, Fix, Related, Severity
from tierlang.diagnostics.fingerprints import fingerprints
from tierlang.reports.findings import Corrected, Findings, Found, Proof, RuleAsked, Unreadable
from tierlang.source import Source, Span

AS_OF = dt.date(2026, 11, 1)

RULES = """\
ruleset übung "Übung" { version "1" }
score fit {
  points 40 "Groß" when employes >= 500
}
tiers by fit {
  tier one { range 80..  play sales "Call" }
  tier two { range 60..<80  play sales "Call" }
}
"""
SHARED = """\
account {
  key id text
}
"""
EXAMPLE = 'test "two tiers with the same plays" {\n  given { fit = 82 }\n  expect tier one\n}\n'

ABM = Source("rules/abm rules.tier", RULES)
FIELDS = Source("rules/fields.tier", SHARED)

PAGE = """Two tiers get the same plays

Tiers differ in what is done for their accounts.

Bad:

```tier
tiers by fit { }
```
"""

ASKED = (
    RuleAsked("review-missing", Severity.NOTE, "Nobody says when the model is reviewed\n\nA model ages.\n"),
    RuleAsked("same-plays", Severity.WARNING, PAGE),
    RuleAsked("unused-field", Severity.WARNING, "A field that no rule reads\n\nIt only costs work.\n"),
)


def place(source: Source, words: str, after: str = "") -> Span:
    """The first place where the words stand after others."""
    at = source.text.index(words, source.text.index(after))
    return source.span(at, at + len(words))


def found(*diagnostics: Diagnostic, of_rule: bool = True) -> tuple[Found, ...]:
    """The complaints as findings of the ruleset."""
    return tuple(
        Found(one, known_by, (ABM.path,), of_rule)
        for one, known_by in zip(diagnostics, fingerprints(diagnostics), strict=True)
    )


MISSPELT = Diagnostic(
    "unknown-name",
    Severity.ERROR,
    place(ABM, "employes"),
    "there is no field `employes`",
    ("did you mean `employees`?",),
    (Related(place(FIELDS, "account"), "the fields are declared here, 100%: {0}"),),
    (Fix("write `employees`", (Edit(place(ABM, "employes"), "employees"),), certain=True),),
)
SAME_PLAYS = Diagnostic(
    "same-plays",
    Severity.WARNING,
    place(ABM, 'tier two { range 60..<80  play sales "Call" }'),
    "tier `two` gets the same plays as `one`",
    ("say what is done less, or make them one tier",),
    (Related(place(ABM, 'tier one { range 80..  play sales "Call" }'), "the same plays"),),
    (Fix("take the play out", (Edit(place(ABM, '  play sales "Call"', "60"), ""),)),),
    example=EXAMPLE,
)
NO_REVIEW = Diagnostic(
    "review-missing",
    Severity.NOTE,
    place(ABM, 'ruleset übung "Übung" { version "1" }\nscore fit {\n  points'),
    "nobody says when this model is reviewed",
)

REVIEWED = Findings(
    as_of=AS_OF,
    rulesets=(ABM.path, "rules/plain.tier"),
    files=(ABM.path, FIELDS.path, "rules/plain.tier"),
    found=found(NO_REVIEW, SAME_PLAYS),
    proofs=(
        Proof(ABM.path, "can tier one be reached", "yes", place(ABM, "tier one")),
        Proof(ABM.path, "is there an account without a tier", "no"),
        Proof(
            ABM.path, "can tier two be reached", "not proved", place(ABM, "tier two"), "a percentile needs all accounts"
        ),
    ),
    rules=ASKED,
)
"""A review with a warning that has an example, a note, and a question without an answer."""

BROKEN = Findings(
    as_of=AS_OF,
    rulesets=(ABM.path,),
    files=(ABM.path, FIELDS.path),
    found=found(MISSPELT, of_rule=False),
    rules=ASKED,
    unreadable=(Unreadable("rules/latin.tier", "it is not UTF-8 text: line 1, byte 5 is 0xe9. Save it as UTF-8"),),
    silenced=2,
    corrected=(Corrected("operator-spelling", "write `and`", place(ABM, "when")),),
)
"""A compile error, an unreadable file, findings that a baseline holds, and something put right."""

WELL = Findings(as_of=AS_OF, rulesets=("a.tier",), files=("a.tier",), found=(), rules=ASKED)
"""Nothing to say."""

ALL = {"reviewed": REVIEWED, "broken": BROKEN, "well": WELL}
