"""Invented companies: names with domains that are nobody's."""

from __future__ import annotations

from samples.dice import Dice

_FIRST = """
Alder Amber Apex Aster Atlas Aurora Beacon Birch Blue Bolt Bright Cedar Cinder Citrus Clear Cobalt Copper Coral Crest Crown
Delta Drift Dune Eagle Echo Elm Ember Falcon Fern Flint Forge Frost Garnet Glen Granite Grove Harbor Hazel Heron Hill Indigo
Iron Ivory Jade Juniper Kestrel Lark Laurel Linden Lunar Maple Marble Meadow Mesa Mistral Moss North Nova Oak Ochre Onyx Opal
Orchard Pine Polar Quarry Quartz Raven Reed Ridge River Rowan Ruby Sable Sage Sierra Silver Slate Solar Spruce Stone Summit
Teal Terra Thistle Tidal Timber Topaz Umber Vale Vega Velvet Violet West Willow Winter Zephyr Zinc
"""
_SECOND = """
bank bay bridge brook core craft dale field ford gate ground haven hold house labs land leaf light line link mark mill works
path peak pike point port quest rock root shore side span spring stead stream tech town trail vault view ward watch way wood yard
"""
FIRST = tuple(_FIRST.split())
SECOND = tuple(_SECOND.split())
LEGAL = ("Inc.", "Inc.", "LLC", "Corp.", "Ltd", "GmbH", "Group", "Holdings", "& Co.", "AG", "S.A.", "")

# Names that an export from real life always has: accents, other scripts, quotes, commas.
SPECIAL = (
    ("Müller & Söhne Präzision GmbH", "mueller-soehne"),
    ("Société Nouvelle d'Énergie", "sn-energie"),
    ("Łódź Logistyka Sp. z o.o.", "lodz-logistyka"),
    ("Ångström Måleri AB", "angstrom-maleri"),
    ("北斗物流株式会社", "hokuto-butsuryu"),
    ("Ñandú Seguros, S.A.", "nandu-seguros"),
    ("Çelik Yapı A.Ş.", "celik-yapi"),
    ('O\'Hara "Quick" Freight', "ohara-quick"),
    ("Ελληνικά Ναυπηγεία", "ellinika-nafpigia"),
    ("Zoë & Björk Kliník", "zoe-bjork"),
)


class Companies:
    """Names with domains, none twice."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._taken: set[str] = set()
        self._special = list(SPECIAL)

    def next(self) -> tuple[str, str]:
        """The next company: its name and its domain."""
        if self._special and self._dice.chance(0.05):
            name, slug = self._special.pop(0)
            return name, f"{slug}.example"
        while True:
            stem = self._dice.pick(FIRST) + self._dice.pick(SECOND)
            if stem not in self._taken:
                self._taken.add(stem)
                return f"{stem} {self._dice.pick(LEGAL)}".strip(), f"{stem.lower()}.example"
