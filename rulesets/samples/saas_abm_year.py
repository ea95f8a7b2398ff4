"""A year in the life of a small target market: the CRM's export on the first of every month, and one history of what happened."""

from __future__ import annotations

import datetime as dt

from samples.cells import Row, amount, by_day, event, money_cell, observation
from samples.companies import Companies
from samples.dice import Dice
from samples.saas_abm import CHANNELS, PAGES, PAIRS, ROLES, target

MONTHS = tuple(dt.date(2026 + (9 + month) // 12, (9 + month) % 12 + 1, 1) for month in range(13))
"""The days of the exports: 2026-10-01 to 2027-10-01."""
BEGIN = dt.date(2026, 1, 5)
"""The Monday from which something is known of the accounts."""


def saas_abm_year() -> dict[str, list[Row]]:
    """About 400 accounts over a year: some get warm, some go quiet, some are won, come, vanish for a while, or are merged."""
    dice = Dice(5)
    companies = Companies(dice)
    market = [_Account(dice, companies, f"A-{number:05d}") for number in range(1, 381)]
    market += [_Account(dice, companies, key) for key in ("A-00417", "A-01201", "A-03117")]
    late = [_Account(dice, companies, f"A-{number:05d}") for number in range(4001, 4031)]
    by_key = {account.key: account for account in market}
    files: dict[str, list[Row]] = {}
    for place, day in enumerate(MONTHS):
        if place:
            market += late[3 * (place - 1) : 3 * place]
            for account in market:
                account.live_a_month(day)
        if day == dt.date(2027, 2, 1):  # the CRM merges two records of one company
            market.remove(by_key["A-03117"])
        files[f"year/{day.isoformat()}.csv"] = [dict(account.row) for account in market if not account.lost_on(day)]
    everyone = [*market, by_key["A-03117"]]
    files["year/events.csv"] = by_day([each for account in everyone for each in account.events])
    files["year/signals.csv"] = by_day([each for account in everyone for each in account.signals])
    return files


class _Account:
    """One company: its row in the CRM now, how warm it is, and what it did until now."""

    def __init__(self, dice: Dice, companies: Companies, key: str) -> None:
        self._dice = dice
        self.key = key
        self.row, self._warm = target(dice, companies, key, lift=0.8)
        if dice.chance(0.09):  # what every seller dreams of
            dream = {"Employees": "1,200", "Industry": "Banking", "CRM": "Salesforce", "Logo Account": "Yes"}
            self.row |= dream | {"Potential ARR": money_cell(dice, amount(dice, 260_000, 700_000, 1000))}
            self._warm = max(3, self._warm)
        self._seen = dice.chance(0.35)  # by the vendor of the intent score
        self._lost: tuple[dt.date, dt.date] | None = None
        self.events: list[Row] = []
        self.signals: list[Row] = []
        monday = BEGIN
        while monday < MONTHS[0]:
            self._live_a_week(monday)
            monday += dt.timedelta(weeks=1)
        self._monday = monday

    def live_a_month(self, until: dt.date) -> None:
        """What happens up to a day, and what the CRM says then."""
        dice = self._dice
        if dice.chance(0.1):
            self._warm = max(0, min(9, self._warm + dice.pick((-6, -3, -2, -1, 1, 2, 3))))
        while self._monday < until:
            self._live_a_week(self._monday)
            self._monday += dt.timedelta(weeks=1)
        if dice.chance(0.03):
            self.row["Potential ARR"] = money_cell(dice, amount(dice, 20_000, 700_000, 1000))
        if dice.chance(0.02):
            self.row["AE"], self.row["SDR"] = dice.pick(PAIRS)
        if self._lost is None and dice.chance(0.004):
            self._lost = (until, until + dt.timedelta(days=dice.pick((20, 50, 400))))
        if any(each["event"] == "evaluation" and each["stage"] == "won" for each in self.events):
            self.row["Is Customer"] = "Yes"

    def lost_on(self, day: dt.date) -> bool:
        """Whether the export of the day has lost the account."""
        return self._lost is not None and self._lost[0] <= day < self._lost[1]

    def _live_a_week(self, monday: dt.date) -> None:
        dice = self._dice
        day = monday + dt.timedelta(days=dice.whole(0, 4))
        pull = self._warm / 9
        person = f"{self.key}/{dice.whole(1, 1 + self._warm)}"
        role = ROLES[(len(person) + int(person[-1])) % len(ROLES)]
        if self._warm and dice.chance(0.16 * pull):
            self.events.append(event("visit", self.key, day, page=dice.pick(PAGES)))
        if self._warm and dice.chance(0.13 * pull):
            channel = dice.pick(CHANNELS)
            self.events.append(event("response", self.key, day, person=person, role=role, channel=channel))
        if self._warm > 2 and dice.chance(0.09 * pull):
            self.events.append(event("meeting", self.key, day, person=person, role=role))
        if self._warm > 5 and dice.chance(0.006):
            self.events.append(event("evaluation", self.key, day, stage="started"))
            end = day + dt.timedelta(days=dice.whole(40, 150))
            if end < MONTHS[-1]:
                self.events.append(event("evaluation", self.key, end, stage=dice.pick(("won", "lost", "lost"))))
        if dice.chance(0.0015):
            self.events.append(event("funding", self.key, day, amount=str(dice.whole(3, 90) * 1_000_000)))
        if dice.chance(0.0015):
            self.events.append(event("new_leader", self.key, day, role=dice.pick(("CRO", "CFO", "VP Sales", "CIO"))))
        if self._seen:
            value = max(0, min(100, 9 * self._warm + dice.whole(0, 12)))
            self.signals.append(observation("surge", self.key, monday, value))
