"""Someone who reads the published totals, knows the questionnaire, and works out the rest.

Nothing here comes from `actient.survey.disclosure`: unknown whole numbers of persons, what the JSON
says of them, what the questionnaire says of them, and a solver.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from actient.survey.questionnaire import UNDER_AGE, Questionnaire
from publishing import Answers

Name = tuple[str, ...]
LARGEST = 2_000.0  # persons: these surveys are smaller


@dataclass
class Attacker:
    """Unknown counts: ("size", group), ("base", group, item), ("count", group, item, code)."""

    questionnaire: Questionnaire
    told: Mapping[str, Any]
    place: dict[Name, int] = field(default_factory=dict)
    known: dict[int, float] = field(default_factory=dict)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, questionnaire: Questionnaire) -> Attacker:
        """Read published totals."""
        self = cls(questionnaire, json.loads(text))
        for size in self.told["groups"]:
            self._learn(("size", size["group_id"]), size["n"])
        for share in self.told["shares"]:
            self._share(share)
        for (_, group, item), names in self._tables().items():
            self._table(group, item, names)
        self._sub_groups()
        self._measures()
        return self

    def span(self, name: Name) -> tuple[int, int]:
        """The least and the largest value that all that is told leaves to a count."""
        return self._extreme({self.place[name]: 1.0})

    def difference(self, name: Name, other: Name) -> tuple[int, int]:
        """The same for the difference of two counts."""
        return self._extreme({self.place[name]: 1.0, self.place[other]: -1.0})

    def _at(self, name: Name) -> int:
        return self.place.setdefault(name, len(self.place))

    def _learn(self, name: Name, value: float | None) -> None:
        at = self._at(name)
        if value is not None:
            assert self.known.setdefault(at, value) == value, f"two values of {name}"

    def _row(self, terms: Mapping[Name, float], low: float, high: float) -> None:
        self.rows.append(({self._at(name): value for name, value in terms.items()}, low, high))

    def _share(self, share: Mapping[str, Any]) -> None:
        group, item = share["group_id"], share["item_id"]
        self._learn(("count", group, item, share["code"]), share["count"])
        self._learn(("base", group, item), share["base"])
        self._learn(("size", group), None)

    def _tables(self) -> dict[Name, list[str]]:
        found: dict[Name, list[str]] = {}
        for share in self.told["shares"]:
            key = ("base", share["group_id"], share["item_id"])
            found.setdefault(key, []).append(share["code"])
        return found

    def _table(self, group: str, item_id: str, codes: Sequence[str]) -> None:
        item, base = self.questionnaire.item(item_id), ("base", group, item_id)
        counts = {code: ("count", group, item_id, code) for code in codes}
        self._at_most(base, [("size", group)])
        if item.type == "select_one":
            self._row({base: 1, **dict.fromkeys(counts.values(), -1)}, 0, 0)
        else:
            alone = next(choice.code for choice in item.choices if choice.exclusive)
            others = [name for code, name in counts.items() if code != alone]
            for name in others:
                self._row({base: 1, counts[alone]: -1, name: -1}, 0, np.inf)
            self._row({base: 1, counts[alone]: -1, **dict.fromkeys(others, -1)}, -np.inf, 0)
        parent = item.shown_if
        if parent and ("base", group, parent.item_id) in self.place:
            self._at_most(base, [("count", group, parent.item_id, code) for code in parent.codes])

    def _at_most(self, name: Name, others: Iterable[Name]) -> None:
        self._row({name: -1, **dict.fromkeys(others, 1)}, 0, np.inf)

    def _sub_groups(self) -> None:
        for group in self.questionnaire.groups:
            if not group.part_of:
                continue
            part, whole = ("size", group.group_id), ("size", group.part_of)
            self._at_most(part, [whole])
            for _, _, item in [n for n in self._tables() if n[1] == group.group_id]:
                self._rest(group.group_id, group.part_of, item)
            defining = [("count", group.part_of, group.item_id, code) for code in group.codes]
            if all(name in self.place for name in defining):
                self._row({part: 1, **dict.fromkeys(defining, -1)}, 0, 0)

    def _rest(self, part: str, whole: str, item: str) -> None:
        """Those of the larger group who are not in the smaller one are persons too."""
        bases: dict[Name, float] = {("base", whole, item): 1, ("base", part, item): -1}
        self._row(bases, 0, np.inf)
        self._row(
            {("size", whole): 1, ("size", part): -1, **{name: -v for name, v in bases.items()}},
            0,
            np.inf,
        )
        for code in self._tables()["base", part, item]:
            counts: dict[Name, float] = {
                ("count", whole, item, code): 1,
                ("count", part, item, code): -1,
            }
            self._row(counts, 0, np.inf)
            self._row({**bases, **{name: -v for name, v in counts.items()}}, 0, np.inf)

    def _measures(self) -> None:
        measures = {m.measure_id: m for m in self.questionnaire.measures}
        for share in self.told["measures"]:
            if share["status"] != "published":
                continue
            measure = measures[share["code"]]
            base = ("base", share["group_id"], share["item_id"])
            self._learn(base, share["base"])
            codes = [
                ("count", share["group_id"], share["item_id"], c) for c in measure.success_codes
            ]
            self._row(dict.fromkeys(codes, 1), share["count"], share["count"])

    def _extreme(self, terms: Mapping[int, float]) -> tuple[int, int]:
        size = len(self.place)
        low, high = np.zeros(size), np.full(size, LARGEST)
        for at, value in self.known.items():
            low[at] = high[at] = value
        aim = np.zeros(size)
        for at, value in terms.items():
            aim[at] = value
        found = [
            milp(
                sign * aim,
                integrality=np.ones(size),
                bounds=Bounds(low, high),
                constraints=[self._constraints()],
            )
            for sign in (1, -1)
        ]
        assert all(one.x is not None for one in found), [one.message for one in found]
        low, high = (round(float(aim @ one.x)) for one in found)
        return low, high

    def _constraints(self) -> LinearConstraint:
        at = [n for n, (terms, _, _) in enumerate(self.rows) for _ in terms]
        columns = [column for terms, _, _ in self.rows for column in terms]
        values = [value for terms, _, _ in self.rows for value in terms.values()]
        matrix = sparse.csr_array((values, (at, columns)), shape=(len(self.rows), len(self.place)))
        return LinearConstraint(matrix, [r[1] for r in self.rows], [r[2] for r in self.rows])


def truth(rows: Sequence[Answers], questionnaire: Questionnaire) -> dict[Name, int]:
    """Every count there is, by its name, made one person at a time."""
    found: dict[Name, int] = {}
    for group in questionnaire.groups:
        inside = [row for row in rows if row.get(group.item_id) in group.codes]
        found["size", group.group_id] = len(inside)
        for item in questionnaire.items:
            if not item.choices:
                continue
            given = [row[item.item_id] for row in inside if row.get(item.item_id) is not None]
            sets = [set(one) if isinstance(one, tuple) else {one} for one in given]
            kept = [one for one in sets if item.type != "select_one" or one & {*item.substantive}]
            found["base", group.group_id, item.item_id] = len(kept)
            for code in item.substantive:
                if code != UNDER_AGE:
                    name = ("count", group.group_id, item.item_id, code)
                    found[name] = sum(code in one for one in kept)
    return found
