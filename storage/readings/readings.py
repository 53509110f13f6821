"""What the language stages appended: routes, analyses, mentions, links."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Row, bindparam, func, not_, or_, select

from domain.links.link import Link, LinkDecision
from domain.links.mention import DocumentMentions, PersonMention
from domain.places.region import RegionCode
from domain.texts.analysis import Analysis
from domain.texts.document import BY_PERSON, DocumentId
from domain.words.vocabulary import Route
from storage.codec import (
    candidates_from,
    candidates_to,
    mentions_from,
    mentions_to,
    persons_from,
    reading_from,
    reading_to,
)
from storage.encryption.sealed import ANALYSIS, LINK, MENTIONS
from storage.leads.feed_entries import FeedEntries
from storage.session import Session, chunks
from storage.tables.documents import AnalysisRow, LinkRow, MentionsRow, RawDocumentRow, RouteRow


def _by_person() -> ColumnElement[bool]:
    return AnalysisRow.model.startswith(f"{BY_PERSON}:", autoescape=True)


_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
# Made once: pages preload with them, and making them anew takes longer than running them.
_ROUTES = select(RouteRow.__table__).where(RouteRow.document_id.in_(_IDS)).order_by(RouteRow.sequence)
_ANALYSES = (
    select(AnalysisRow.__table__).where(AnalysisRow.document_id.in_(_IDS)).order_by(_by_person(), AnalysisRow.sequence)
)
_MENTIONS = select(MentionsRow.__table__).where(MentionsRow.document_id.in_(_IDS)).order_by(MentionsRow.sequence)
_LINKS = select(LinkRow.__table__).where(LinkRow.document_id.in_(_IDS)).order_by(LinkRow.sequence)


class Routes:
    """Who may read a document."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session
        self._known: dict[DocumentId, tuple[Route, str] | None] = {}

    def preload(self, ids: Sequence[DocumentId]) -> None:
        """Read the latest routes of many documents at once; `of`, `restriction` and this then ask no more for them."""
        asked = [one for one in ids if one not in self._known]
        self._known |= dict.fromkeys(asked)
        for part in chunks(asked):
            for row in self._session.connection.execute(_ROUTES, {"ids": part}):
                self._known[DocumentId(row.document_id)] = (Route(row.route), row.rule)

    def add(self, document_id: DocumentId, route: Route, rule: str, version: str, at: datetime) -> None:
        """Append the route found by this version."""
        self._known.pop(document_id, None)
        row = {"document_id": document_id, "route": route.value, "rule": rule, "version": version, "at": at}
        self._session.insert_new(RouteRow, [row])
        FeedEntries(self._session).refresh_of(document_id)

    def of(self, document_id: DocumentId) -> tuple[Route, str] | None:
        """The latest route with its rule."""
        if document_id in self._known:
            return self._known[document_id]
        query = select(RouteRow.__table__).where(RouteRow.document_id == document_id)
        row = self._session.connection.execute(query.order_by(RouteRow.sequence.desc()).limit(1)).one_or_none()
        return None if row is None else (Route(row.route), row.rule)

    def restriction(self, document_id: DocumentId) -> str | None:
        """The rule by which the document is restricted now; None when cadres may see it."""
        route = self.of(document_id)
        return route[1] if route is not None and route[0] is Route.RESTRICTED else None

    def open_among(self, ids: Sequence[DocumentId]) -> frozenset[DocumentId]:
        """The documents that are no accusation; of those that only just came nobody knows yet."""
        self.preload(ids)
        routes = {one: self.of(one) for one in ids}
        return frozenset(one for one, found in routes.items() if found is not None and found[0] is Route.OPEN)

    def of_version(self, version: str) -> list[DocumentId]:
        """Documents that were given a route by this version."""
        query = select(RouteRow.document_id).where(RouteRow.version == version).order_by(RouteRow.sequence)
        return [DocumentId(found) for found in self._session.connection.scalars(query)]

    def restricted(self, *, limit: int, offset: int) -> list[DocumentId]:
        """Documents whose latest route is restricted, newest first; those that retention has emptied are not listed."""
        query = self._restricted().order_by(RouteRow.sequence.desc()).limit(limit).offset(offset)
        return [DocumentId(found) for found in self._session.connection.scalars(query)]

    def count_restricted(self) -> int:
        """How many documents are restricted."""
        return self._session.connection.scalar(select(func.count()).select_from(self._restricted().subquery())) or 0

    def _restricted(self) -> Any:
        latest = select(func.max(RouteRow.sequence)).group_by(RouteRow.document_id)
        emptied = select(RawDocumentRow.id).where(RawDocumentRow.anonymised_at.is_not(None))
        return select(RouteRow.document_id).where(
            RouteRow.sequence.in_(latest),
            RouteRow.route == Route.RESTRICTED.value,
            RouteRow.document_id.not_in(emptied),
        )


class Analyses:
    """Readings, one per document and model version."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session
        self._known: dict[DocumentId, Analysis | None] = {}

    def preload(self, ids: Sequence[DocumentId]) -> None:
        """Read the readings that count of many documents at once; `latest` and this then ask no more for them."""
        asked = [one for one in ids if one not in self._known]
        self._known |= dict.fromkeys(asked)
        counting: dict[DocumentId, Row[Any]] = {}
        for part in chunks(asked):
            rows = self._session.connection.execute(_ANALYSES, {"ids": part})
            counting |= {DocumentId(row.document_id): row for row in rows}
        self._known |= {document_id: self._analysis(row) for document_id, row in counting.items()}

    def add(self, analysis: Analysis, at: datetime) -> None:
        """Append the reading; the same model a second time changes nothing."""
        self._known.pop(analysis.document_id, None)
        row = {
            "document_id": analysis.document_id,
            "model": analysis.reading.model,
            "at": at,
            "sealed": self._session.seal(
                reading_to(analysis.reading), ANALYSIS.of(analysis.document_id, analysis.reading.model)
            ),
        }
        self._session.insert_new(AnalysisRow, [row])

    def latest(self, document_id: DocumentId) -> Analysis | None:
        """The reading that counts: a person's where there is one, else the newest."""
        if document_id in self._known:
            return self._known[document_id]
        query = select(AnalysisRow.__table__).where(AnalysisRow.document_id == document_id)
        ordered = query.order_by(_by_person().desc(), AnalysisRow.sequence.desc())
        return self._analysis(self._session.connection.execute(ordered).first())

    def of_model(self, document_id: DocumentId, model: str) -> Analysis | None:
        """The reading of one model version."""
        query = select(AnalysisRow.__table__).where(AnalysisRow.document_id == document_id, AnalysisRow.model == model)
        return self._analysis(self._session.connection.execute(query).first())

    def _analysis(self, row: Row[Any] | None) -> Analysis | None:
        if row is None:
            return None
        reading = reading_from(self._session.unseal(row.sealed, ANALYSIS.of(row.document_id, row.model)))
        return Analysis(document_id=DocumentId(row.document_id), reading=reading)


class MentionRecords:
    """What texts name."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session
        self._names: dict[DocumentId, frozenset[str]] = {}
        self._known: dict[DocumentId, DocumentMentions | None] = {}

    def preload(self, ids: Sequence[DocumentId]) -> None:
        """Read the newest mentions of many documents at once; `latest_of` and `names_of` then ask no more for them."""
        asked = [one for one in ids if one not in self._known]
        newest = self._newest(asked)
        found = {one: self._mentions(newest[one]) if one in newest else None for one in asked}
        self._known |= found
        self._names |= {one: _names(read.mentions.persons if read else ()) for one, read in found.items()}

    def add(self, found: DocumentMentions, at: datetime) -> None:
        """Append what one version of the finder saw."""
        self._names.pop(found.document_id, None)
        self._known.pop(found.document_id, None)
        sealed = self._session.seal(mentions_to(found.mentions), MENTIONS.of(found.document_id, found.version))
        row = {"document_id": found.document_id, "version": found.version, "at": at, "sealed": sealed}
        self._session.insert_new(MentionsRow, [row])

    def latest(self, document_id: DocumentId) -> DocumentMentions | None:
        """The newest mentions."""
        query = select(MentionsRow.__table__).where(MentionsRow.document_id == document_id)
        row = self._session.connection.execute(query.order_by(MentionsRow.sequence.desc())).first()
        return None if row is None else self._mentions(row)

    def latest_of(self, ids: Sequence[DocumentId]) -> list[DocumentMentions]:
        """The newest mentions of each document that has any, in the order of `ids`."""
        newest = self._newest([one for one in ids if one not in self._known])
        read = {one: self._mentions(row) for one, row in newest.items()}
        found = (self._known.get(one) or read.get(one) for one in ids)
        return [one for one in found if one is not None]

    def names_of(self, ids: Sequence[DocumentId]) -> dict[DocumentId, frozenset[str]]:
        """The names of persons in each of these texts as the newest mentions have them; asked a second time, as known.

        Of 张三家儿子 the name is 张三.
        """
        asked = [one for one in ids if one not in self._names]
        newest = self._newest(asked)
        self._names |= {one: self._persons(newest[one]) if one in newest else frozenset() for one in asked}
        return {one: self._names[one] for one in ids}

    def _newest(self, ids: Sequence[DocumentId]) -> dict[str, Row[Any]]:
        newest: dict[str, Row[Any]] = {}
        for part in chunks(ids):
            newest |= {row.document_id: row for row in self._session.connection.execute(_MENTIONS, {"ids": part})}
        return newest

    def _persons(self, row: Row[Any]) -> frozenset[str]:
        return _names(persons_from(self._session.unseal(row.sealed, MENTIONS.of(row.document_id, row.version))))

    def _mentions(self, row: Row[Any]) -> DocumentMentions:
        mentions = mentions_from(self._session.unseal(row.sealed, MENTIONS.of(row.document_id, row.version)))
        return DocumentMentions(document_id=DocumentId(row.document_id), mentions=mentions, version=row.version)


def _names(persons: Iterable[PersonMention]) -> frozenset[str]:
    return frozenset(name for one in persons for name in (one.household_name, one.relation_to) if name)


class Links:
    """Which households texts speak of."""

    def __init__(self, session: Session) -> None:
        """Work in the session's transaction."""
        self._session = session
        self._known: dict[DocumentId, tuple[Link, datetime] | None] = {}

    def preload(self, ids: Sequence[DocumentId]) -> None:
        """Read the newest links of many documents at once; `latest`, `made_at` and this then ask no more for them."""
        asked = [one for one in ids if one not in self._known]
        self._known |= dict.fromkeys(asked)
        for part in chunks(asked):
            rows = self._session.connection.execute(_LINKS, {"ids": part})
            self._known |= {DocumentId(row.document_id): self._dated_link(row) for row in rows}

    def add(self, link: Link, at: datetime) -> None:
        """Append the link found by one version."""
        self._known.pop(link.document_id, None)
        row = {
            "document_id": link.document_id,
            "version": link.version,
            "decision": link.decision.value,
            "village": link.village.digits if link.village else None,
            "at": at,
            "sealed": self._session.seal(
                {"candidates": candidates_to(link.candidates), "absent": link.absent},
                LINK.of(link.document_id, link.version),
            ),
        }
        self._session.insert_new(LinkRow, [row])

    def documents(self) -> list[DocumentId]:
        """Every document that was ever linked, by number."""
        query = select(LinkRow.document_id).distinct().order_by(LinkRow.document_id)
        return [DocumentId(found) for found in self._session.connection.scalars(query)]

    def count(self) -> int:
        """How many links are stored, old ones too."""
        return self._session.connection.scalar(select(func.count()).select_from(LinkRow)) or 0

    def overtaken_at(self, version: str) -> int | None:
        """The place of the newest link that was made otherwise, where links of this version are older than it."""
        own = or_(LinkRow.version == version, LinkRow.version.startswith(f"{version}+", autoescape=True))
        first, newest = (
            self._session.connection.scalar(select(place).where(whose))
            for place, whose in ((func.min(LinkRow.sequence), own), (func.max(LinkRow.sequence), not_(own)))
        )
        return newest if first is not None and newest is not None and first < newest else None

    def latest(self, document_id: DocumentId) -> Link | None:
        """The newest link."""
        newest = self._newest(document_id)
        return newest[0] if newest else None

    def made_at(self, document_id: DocumentId) -> datetime | None:
        """When the newest link was made."""
        newest = self._newest(document_id)
        return newest[1] if newest else None

    def _newest(self, document_id: DocumentId) -> tuple[Link, datetime] | None:
        if document_id in self._known:
            return self._known[document_id]
        query = select(LinkRow.__table__).where(LinkRow.document_id == document_id)
        row = self._session.connection.execute(query.order_by(LinkRow.sequence.desc()).limit(1)).first()
        return None if row is None else self._dated_link(row)

    def _dated_link(self, row: Row[Any]) -> tuple[Link, datetime]:
        record = self._session.unseal(row.sealed, LINK.of(row.document_id, row.version))
        link = Link(
            document_id=DocumentId(row.document_id),
            decision=LinkDecision(row.decision),
            village=RegionCode(row.village) if row.village else None,
            candidates=candidates_from(record["candidates"]),
            version=row.version,
            absent=record.get("absent"),
        )
        return link, row.at
