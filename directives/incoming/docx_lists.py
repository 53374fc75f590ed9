"""The lists and the styles of a Word file: which number and which font a paragraph has."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from lxml import etree

from .counting import Level, Listed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Styles that build on each other in a ring would never end.
MAX_ANCESTORS = 20


def val(element: etree._Element | None, path: str, name: str = "val") -> str | None:
    """The attribute of a child, or None where there is no such child."""
    found = element.find(path) if element is not None else None
    return found.get(f"{W}{name}") if found is not None else None


def whole(said: str | None, otherwise: int = 0) -> int:
    """A whole number, however it is written in a broken file."""
    return int(said) if said and said.lstrip("-").isdecimal() and len(said) < 7 else otherwise


def is_on(properties: etree._Element | None, name: str) -> bool | None:
    """A switch such as w:caps: on, off, or None where it is not said."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return None if found is None else found.get(f"{W}val", "true") not in ("0", "false", "off")


class Styles:
    def __init__(self, tree: etree._Element | None) -> None:
        styles = [] if tree is None else tree.findall(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): style for style in styles}
        self._defaults = None if tree is None else tree.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._normal = next(
            (
                style.get(f"{W}styleId", "")
                for style in styles
                if style.get(f"{W}type") == "paragraph"
                and style.get(f"{W}default") in ("1", "true")
            ),
            "",
        )

    def ancestors(self, style: str | None) -> Iterator[etree._Element]:
        """The style and those it builds on, the nearest first."""
        for _ in range(MAX_ANCESTORS):
            found = self._styles.get(style or "")
            if found is None:
                return
            yield found
            style = val(found, f"{W}basedOn")

    def font(self, run: etree._Element | None, paragraph: str | None) -> str:
        """The name of the font that letters beyond plain Latin are printed in."""
        for properties in self._properties(run, paragraph):
            fonts = properties.find(f"{W}rFonts")
            if fonts is not None:
                if fonts.get(f"{W}hAnsiTheme") or fonts.get(f"{W}asciiTheme"):
                    return ""
                name = fonts.get(f"{W}hAnsi") or fonts.get(f"{W}ascii")
                if name:
                    return str(name)
        return ""

    def has_capitals(self, run: etree._Element | None, paragraph: str | None) -> bool:
        switches = (is_on(properties, "caps") for properties in self._properties(run, paragraph))
        return next((switch for switch in switches if switch is not None), False)

    def _properties(
        self, run: etree._Element | None, paragraph: str | None
    ) -> Iterator[etree._Element]:
        """Of the run, its style, the paragraph's style and the file, what each says of letters."""
        found = [run]
        for style in (val(run, f"{W}rStyle"), paragraph or self._normal):
            found += [one.find(f"{W}rPr") for one in self.ancestors(style)]
        yield from (one for one in [*found, self._defaults] if one is not None)


@dataclass
class Lists:
    """numbering.xml: lists by their number, and the levels behind them."""

    tree: etree._Element | None
    styles: Styles
    _levels: dict[str, dict[int, Level]] = field(default_factory=dict)

    def listed(self, properties: etree._Element | None) -> Listed | None:
        """By the paragraph's own properties, else by its style's."""
        style = val(properties, f"{W}pStyle")
        own = properties.find(f"{W}numPr") if properties is not None else None
        number, level = val(own, f"{W}numId"), val(own, f"{W}ilvl")
        for ancestor in self.styles.ancestors(style):
            inherited = ancestor.find(f"{W}pPr/{W}numPr")
            number = number or val(inherited, f"{W}numId")
            level = level or val(inherited, f"{W}ilvl")
        if number is None or number == "0" or number not in self._nums:
            return None
        return self._listed(number, whole(level) if level else self._level_of(number, style))

    def _listed(self, number: str, level: int) -> Listed:
        abstract, num = self._abstract_of(number), self._nums[number]
        overrides = {whole(o.get(f"{W}ilvl")): o for o in num.findall(f"{W}lvlOverride")}
        start = val(overrides.get(level), f"{W}startOverride")
        levels = self._levels_of(number)
        begins = whole(start, 1) if start is not None else None
        return Listed(abstract, level, levels, begins, token=number)

    @cached_property
    def _nums(self) -> dict[str, etree._Element]:
        found = [] if self.tree is None else self.tree.findall(f"{W}num")
        return {num.get(f"{W}numId", ""): num for num in found}

    @cached_property
    def _abstracts(self) -> dict[str, etree._Element]:
        found = [] if self.tree is None else self.tree.findall(f"{W}abstractNum")
        return {one.get(f"{W}abstractNumId", ""): one for one in found}

    def _abstract_of(self, number: str) -> str:
        """The list behind a number; a list may stand for that of a style."""
        named = val(self._nums[number], f"{W}abstractNumId") or ""
        link = val(self._abstracts.get(named), f"{W}numStyleLink")
        for style in self.styles.ancestors(link):
            linked = val(style, f"{W}pPr/{W}numPr/{W}numId")
            if linked in self._nums:
                return val(self._nums[linked], f"{W}abstractNumId") or named
        return named

    def _levels_of(self, number: str) -> dict[int, Level]:
        if number not in self._levels:
            abstract = self._abstracts.get(self._abstract_of(number))
            levels = {} if abstract is None else _levels(abstract)
            for override in self._nums[number].findall(f"{W}lvlOverride"):
                levels |= _levels(override)
            self._levels[number] = levels
        return self._levels[number]

    def _level_of(self, number: str, style: str | None) -> int:
        abstract = self._abstracts.get(self._abstract_of(number))
        for level in [] if abstract is None else abstract.findall(f"{W}lvl"):
            if style and val(level, f"{W}pStyle") == style:
                return whole(level.get(f"{W}ilvl"))
        return 0


def _levels(parent: etree._Element) -> dict[int, Level]:
    return {whole(one.get(f"{W}ilvl")): _level(one) for one in parent.findall(f"{W}lvl")}


def _level(element: etree._Element) -> Level:
    shape = val(element, f"{W}lvlText")
    level = Level(
        format=val(element, f"{W}numFmt") or "decimal",
        shape=shape if shape is not None else "",
        start=whole(val(element, f"{W}start"), 1),
        restarts=val(element, f"{W}lvlRestart") != "0",
    )
    return replace(level, decimals_only=True) if is_on(element, "isLgl") else level
