"""Purposes that a row states below another header than 信访目的: 来访目的, 反映类型, or by a tick below 揭发控告."""

from collections.abc import Mapping

from importers.headers.header import Header
from importers.headers.vocabulary import Layout
from importers.rows.remarks import Remarks
from importers.values.stated_purposes import (
    Stated,
    is_purpose,
    may_state_purpose,
    stated_by_tick,
    stated_in,
    with_purposes,
)
from importers.values.ticked_options import chosen_of
from importers.words.purpose_words import purpose_words
from importers.words.table_words import table_words

_PURPOSE, _CATEGORY = "purpose", "category"


class StatedPurposes:
    """Finds them in the rows below one header, one row after the other."""

    def __init__(self, header: Header, layout: Layout) -> None:
        """Below this header; a layout without purposes is one of tickets."""
        self._header = header
        self._on_ticket = _PURPOSE not in layout.fields
        own = header.places.get(_PURPOSE, ())
        self._columns = [at for at, text in enumerate(header.texts) if at not in own and may_state_purpose(text)]
        to_tick = [at for at, text in enumerate(header.texts) if is_purpose(text)]
        # One column 意见 with a √ is what an office thinks of it.
        is_choice = len(to_tick) > 1 or any(purpose_words().accuses(header.texts[at]) for at in to_tick)
        self._to_tick = to_tick if is_choice else []
        self._above: dict[int, str] = {}

    def added_to(self, texts: Mapping[str, str], filled: Mapping[int, str], remarks: Remarks) -> dict[str, str]:
        """The row's texts with its purpose; what is one is no category. An accusation counts wherever it is stated."""
        stated = {at: self._stated(at, filled[at], remarks) for at in self._columns if at in filled}
        ticked = (
            stated_by_tick(self._header.texts[at], filled[at], on_ticket=self._on_ticket)
            for at in self._to_tick
            if at in filled
        )
        found = [purpose for one in (*stated.values(), *ticked) for purpose in one.purposes]
        if not found:
            return dict(texts)
        whole = with_purposes(texts.get(_PURPOSE, ""), found)
        return {**texts, _PURPOSE: whole, _CATEGORY: self._category(texts.get(_CATEGORY, ""), stated, filled)}

    def _stated(self, column: int, text: str, remarks: Remarks) -> Stated:
        text = self._above.get(column, "") if table_words().is_ditto(text) else text
        self._above[column] = text
        found = stated_in(text, self._header.texts[column], on_ticket=self._on_ticket)
        if found.remark and column not in self._header.places.get(_CATEGORY, ()):
            remarks.add_to_column(self._header.texts[column], found.remark, text)
        return found

    def _category(self, read: str, stated: Mapping[int, Stated], filled: Mapping[int, str]) -> str:
        """What the first column of categories says that says something beside purposes."""
        filled_columns = [at for at in self._header.places.get(_CATEGORY, ()) if at in filled]
        for place, column in enumerate(filled_columns):
            if column not in stated or not stated[column].purposes:
                return chosen_of(filled[column]).text if place else read
            if stated[column].others:
                return "、".join(stated[column].others)
        return ""
