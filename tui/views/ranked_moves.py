"""What moved the people of a ranking: found out beside, as far as a list shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from core.ranking import movement
from db.rankings import Ranked, RunHead
from db.store import Store


class Moves:
    """The moves of the people of one run since an earlier one, each with the letter of its main cause once known."""

    def __init__(self, store: Store, head: RunHead) -> None:
        """*head*: of the run, with the run that ranks before are of as its earlier one."""
        self._store = store
        self._head = head
        self._first = head.earlier is None
        self._letters: dict[str, str] = {}
        self._unsaid: dict[str, int] = {}

    @property
    def letters(self) -> Mapping[str, str]:
        """The letters of the main causes that are known, by person."""
        return self._letters

    def of(self, entry: Ranked) -> str:
        """The move in a word, with the letter of its main cause where it is known; else it is asked for."""
        move = self._word(entry)
        if not self._has_cause(move):
            return move
        letter = self._letters.get(entry.person)
        if letter is None:
            self._letters[entry.person] = ""
            self._unsaid[entry.person] = entry.position
        return f"{move} {letter}" if letter else move

    def unsaid(self) -> dict[str, int]:
        """Person to position of those shown whose move has not been put down to a cause yet; asked for once."""
        found, self._unsaid = self._unsaid, {}
        return found

    def find(self, people: Sequence[str]) -> dict[str, str]:
        """The letter of what mainly moved each of some people. Touches nothing: it may run beside."""
        from db.movements import causes_for  # the first paint tells no cause

        return causes_for(self._store, self._head, people)

    def find_of(self, entries: Iterable[Ranked]) -> dict[str, str]:
        """The letters for entries of which some have moved; empty where none is found. Touches nothing, either."""
        moved = [one.person for one in entries if self._has_cause(self._word(one))]
        return {**dict.fromkeys(moved, ""), **self.find(moved)} if moved else {}

    def say(self, letters: Mapping[str, str]) -> None:
        """Take in the letters of the main causes, by person."""
        self._letters.update(letters)

    def cause(self, entry: Ranked) -> str:
        """What moved a person, in words, where it is known."""
        if not (letter := self._letters.get(entry.person)):
            return ""
        from core.movement import Kind  # the first paint tells no cause

        words = next((kind.value for kind in Kind if kind.letter == letter), "")
        return f"{self._word(entry)}: {words}" if words else ""

    def _word(self, entry: Ranked) -> str:
        return movement(entry.rank, entry.previous_rank, first=self._first)

    def _has_cause(self, move: str) -> bool:
        return not self._first and move not in ("", "=")
