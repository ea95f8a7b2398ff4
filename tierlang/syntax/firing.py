"""The lines of a trigger as people write them: `up by 1`, `if x`, `approval by dana`, `cool down 60 days`."""

from __future__ import annotations

import attrs

from tierlang.diagnostics.diagnostic import Diagnostic
from tierlang.syntax import leading
from tierlang.syntax.expecting import COMPARISONS, instead, is_name
from tierlang.syntax.mending import Mend, Place, complaint, renamed
from tierlang.syntax.sayings import otherwise_said, sayings, table
from tierlang.syntax.tokens import Token

_BEGINS_CONDITION = (
    "NOT",
    "ANY",
    "NO",
    "COUNT",
    "SUM",
    "LARGEST",
    "SMALLEST",
    "DISTINCT",
    "LATEST",
    "DAYS",
    "PERCENTILE",
)
COOLING = table(
    sayings(
        """
        cool down, cool - down, cool down for, cool down of, cool_down, cooling off, cooling, cooldown of,
        cooldown for, cooldown is, cooldown period, cooldown period of, cooldown time, cooldown lasts,
        cooldown period is, cooldown at least, wait, wait for, settle, settle for, settled, settled for, lasts,
        pause, rest for
        """,
        "COOLDOWN",
        then=("NUMBER",),
    )
)
_SAYINGS = table(
    sayings("upgrade, raise, move up, lift, bump", "PROMOTE", then=("NAME",)),
    sayings("downgrade, demotion, lower, move down, drop", "DEMOTE", then=("NAME",)),
    sayings(
        "from tier is, from tier =, from tier :, from tiers, move from, moves from, out of, coming from",
        "FROM",
        then=("NAME",),
    ),
    sayings(
        "from any tier, from any, from all tiers, from every tier, from each tier, from all of them",
        ends=True,
        words="without `from`, a trigger moves accounts from every tier on its way",
    ),
    sayings(
        "into, move to, ->, go to, goes to, moves to, becomes, up to, down to, move into, target",
        "TO",
        then=("NAME",),
    ),
    sayings("up by, move up, move up by, raise, raise by, step up, promote by", "UP", then=("NUMBER",)),
    sayings(
        "down by, move down, move down by, lower, lower by, step down, demote by",
        "DOWN",
        then=("NUMBER",),
    ),
    sayings("owned by, owner is, owner by, on behalf of, owner of", "OWNER", then=("NAME",)),
    sayings(
        """
        approver, approvers, approver is, approval, approval by, approval from, approval of, needs approval by,
        needs approval from, needs approval of, requires approval by, require approval by, must be approved by, to be approved by, requires approval from, requires approval of,
        with approval of, with approval by, approved, approves, approve :, approve from, approved from, sign off by,
        signed off by, sign - off by, signoff by, approved by, approve by owner, approve by the
        """,
        "APPROVE",
        "BY",
        then=("NAME",),
    ),
)
_WHEN = table(
    sayings(
        """
        if, where, only when, only if, while, once, as soon as, whenever, as long as, provided, provided that, on,
        upon, as, at
        """,
        "WHEN",
    )
)
_STEPS = ("tier", "tiers", "step", "steps", "level", "levels", "place", "places")


def unsaid(place: Place) -> Mend | None:
    """`approval required`, `no cooldown`, `unless x`, `when x then`: what cannot be read as it stands."""
    token, following = place.token, place.after()
    if token.first and place.accepts("APPROVE", "BY") and place.at_line_start():
        if token.text in ("approval", "approved", "needs") and (following.first or following.text in _NEEDED):
            count = 1
            while not place.after(count).first and place.after(count).text in _NEEDED:
                count += 1
            words = complaint(
                "unexpected-text",
                place.span(token, place.after(count - 1)),
                "who approves is missing",
                "write `approve by NAME`, with an owner",
            )
            if place.after(count).first or place.after(count).kind == "RBRACE":
                return Mend(words, drop=count, guess=True)
        if token.text == "unless":
            words = complaint(
                "unexpected-text",
                place.span(),
                "a condition begins with `when` and says when the trigger fires",
                "write `when not (…)`",
            )
            return Mend(words, (renamed(token, "WHEN", "when"), renamed(token, "NOT", "not")), drop=1, guess=True)
    if (token.text, following.text) in (("no", "cooldown"), ("without", "cooldown")) and place.accepts("COOLDOWN"):
        return instead(place, [token, following], _NO_COOLDOWN, "none is written `cooldown 0 days`", back=0)
    if (
        token.text in ("none", "no", "0")
        and place.follows("COOLDOWN")
        and (following.first or following.kind == "RBRACE")
    ):
        return instead(place, [token], _NO_COOLDOWN[1:], "none is written `cooldown 0 days`", back=0)
    if token.kind == "THEN" and following.first and place.line_is_complete():
        return instead(place, [token], [], "`then` is not needed here", back=0)
    return None


_NEEDED = ("required", "needed", "approval", "is", "manual", "manually")
_NO_COOLDOWN = [("COOLDOWN", "cooldown"), ("NUMBER", "0"), ("DAYS", "days")]


def worded_trigger(place: Place) -> Mend | None:
    """`upgrade x { … }`, `into one`, `up by 1`, `approval from dana`, `cool down 60 days`."""
    if place.accepts("COOLDOWN", "NUMBER") or (place.before and place.before.text == "cooldown"):
        found = otherwise_said(place, COOLING)
        if found is not None:
            return found
    if place.accepts("APPROVE", "BY") and place.at_line_start() and (found := otherwise_said(place, _WHEN)):
        return found
    return otherwise_said(place, _SAYINGS)


def owner_by_label(place: Place) -> Mend | None:
    """`owner "Sam Ortiz"`, `approve by "Dana Lee"` for the name under which that owner is declared."""
    token = place.token
    if (
        token.kind != "TEXT"
        or not (place.follows("OWNER") or place.follows("APPROVE", "BY"))
        or not place.accepts("NAME")
    ):
        return None
    tokens = place.tokens
    declared = (
        tokens[at - 1]
        for at in range(2, len(tokens))
        if tokens[at].text == token.text and tokens[at - 2].kind == "OWNER" and at != place.at
    )
    name = next(declared, None)
    if name is None:
        return None
    words = f"the name of an owner stands here, as it was declared: `owner {name.text} {token.text}`"
    return instead(place, [token], [("NAME", name.text)], words, back=0)


def worded_steps(place: Place) -> Mend | None:
    """`up 1 tier`, `up one tier` for `up 1`."""
    before = place.before
    if place.token.text not in _STEPS or before is None or place.token.first or place.at < 2:
        return None
    if place.after(-2).kind not in ("UP", "DOWN") or not place.accepts("APPROVE"):
        return None
    if before.text in _COUNTS:
        number = _COUNTS[before.text]
        words = f"`{before.text} {place.token.text}` is written `{number}`"
        return instead(place, [before, place.token], [("NUMBER", number)], words, back=1)
    return instead(place, [place.token], [], f"`{place.token.text}` is not needed here", back=0)


_COUNTS = {"one": "1", "a": "1", "two": "2", "three": "3"}


def function_of_owner(place: Place) -> Mend | None:
    """`owner marketing dana` in a trigger, which has one owner whatever they do."""
    before = place.before
    if before is None or not place.accepts("APPROVE", "BY") or place.after(-2).kind != "OWNER" or place.at < 2:
        return None
    if (
        not is_name(place, place.token)
        or before.kind != "NAME"
        or not place.accepts("NAME", place.after().kind, back=1)
    ):
        return None
    words = "a trigger has one owner, whatever they do: the name alone stands here"
    mend = instead(place, [before], [], words, back=1)
    return attrs.evolve(mend, complaint=_less_certain(mend.complaint))


def _less_certain(words: Diagnostic) -> Diagnostic:
    return attrs.evolve(words, fixes=tuple(attrs.evolve(fix, certain=False) for fix in words.fixes))


_NO_TIER = "a trigger moves accounts from one tier to another, and `{}` is none"


def out_of_the_tiers(place: Place) -> Mend | None:
    """`from one to untiered`, `from one out`, `from untiered to two`: triggers know only tiers."""
    token = place.token
    behind = place.follows("TO") or place.follows("FROM")
    if token.text not in ("untiered", "out") or not place.accepts("APPROVE", "BY", back=1 if behind else 0):
        return None
    if place.follows("FROM"):
        hint = "accounts in no tier are placed by the next review; to move some of them before, there has to be a tier for them"
    elif place.follows("TO") or place.accepts("TO", "NAME"):
        hint = "name the worst tier that it may lead to; who takes no part in the tiers at all is said by `exclude NAME when …`"
    else:
        return None
    words = complaint("unexpected-text", place.span(), _NO_TIER.format(token.text), hint)
    name = renamed(token, "NAME", token.text)
    to = () if behind else (Token("TO", "to", token.start, token.start),)
    return Mend(words, (*to, name), drop=1, guess=True)


def missing_when(place: Place) -> Mend | None:
    """`intent >= 80 for 3 weeks` as a line of a trigger: `when` is missing."""
    token = place.token
    if not place.accepts("APPROVE", "BY") or not place.at_line_start() or place.accepts(token.kind):
        return None
    if token.kind == "DAYS" and place.after().kind not in ("IN", "SINCE"):  # `when days in tier > 90 days`
        return None
    compared = is_name(place, renamed(token, token.kind, token.text)._replace(first=False)) and place.after().kind in (
        *COMPARISONS,
        "IS",
        "CONTAINS",
        "WITHIN",
    )
    if not (compared or token.kind in _BEGINS_CONDITION or (token.kind == "TIER" and place.after().kind == "IS")):
        return None
    at = place.source.span(token.start, token.start)
    words = complaint(
        "unexpected-text",
        place.span(),
        "the condition of a trigger begins with `when`",
        write="when ",
        title="put in `when`",
        on=at,
    )
    return Mend(words, (Token("WHEN", "when", token.start, token.start, token.first),))


MENDS = (
    out_of_the_tiers,
    unsaid,
    owner_by_label,
    worded_trigger,
    *leading.MENDS,
    worded_steps,
    function_of_owner,
    missing_when,
)
