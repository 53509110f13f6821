"""One unit of work: every repository over one transaction that is kept only by `commit`."""

from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from storage.accounts.accounts import Accounts
from storage.accounts.api_keys import ApiKeys
from storage.accounts.audit import Audit
from storage.accounts.credentials import CredentialsOfAccounts
from storage.accounts.open_sessions import OpenSessions
from storage.accounts.reader_tokens import ReaderTokens
from storage.accounts.reveals import Reveals
from storage.accounts.sent_forms import SentForms
from storage.accounts.set_up_codes import SetUpCodes
from storage.accounts.sign_in_failures import SignInFailures
from storage.deliveries.header_profiles import HeaderProfiles
from storage.deliveries.intake import Intake
from storage.deliveries.mended_rows import MendedRows
from storage.deliveries.office_receipts import OfficeReceipts
from storage.deliveries.petition_outcomes import PetitionOutcomes
from storage.deliveries.petitioner_marks import PetitionerMarks
from storage.deliveries.receipts import Receipts
from storage.deliveries.submissions import Submissions
from storage.encryption.cipher import FieldCipher
from storage.engine import translated
from storage.leads.assignments import Assignments
from storage.leads.board import LeadBoard
from storage.leads.decisions import Decisions
from storage.leads.leads import Leads
from storage.leads.outcomes import LeadOutcomes
from storage.leads.planned_leads import PlannedLeads
from storage.leads.reminders import LeadReminders
from storage.leads.risk_points import RiskPoints, StageRuns
from storage.leads.saved_views import SavedViews
from storage.leads.search_signatures import SearchSignatures
from storage.leads.settled_successions import SettledSuccessions
from storage.leads.withdrawn_leads import WithdrawnLeads
from storage.leases import Leases
from storage.outgoing.events import Outgoing
from storage.outgoing.notices import Notices
from storage.outgoing.webhook_deliveries import WebhookDeliveries
from storage.readings.judgements import Judgements
from storage.readings.readings import Analyses, Links, MentionRecords, Routes
from storage.readings.second_readings import SecondReadings, SecondRequests
from storage.register.history import RegisterHistory
from storage.register.household_judgements import HouseholdJudgements
from storage.register.household_search import HouseholdSearch
from storage.register.places import Places
from storage.register.registry import Registry
from storage.session import Session
from storage.texts.accusations import Accusations
from storage.texts.alarms import Alarms
from storage.texts.breadcrumbs import Breadcrumbs
from storage.texts.coverage import Coverage
from storage.texts.documents import Documents, RawDocuments
from storage.texts.retention import Retention
from storage.texts.set_aside import SetAsideRecords
from storage.texts.signatures import Signatures
from storage.texts.similarity import Duplicates
from storage.texts.sources import Sources
from storage.texts.versions import Versions


class UnitOfWork:
    """Use as `with store.unit_of_work() as work:`; leaving without `commit` undoes everything."""

    def __init__(self, engine: Engine, cipher: FieldCipher, *, reading: bool = False) -> None:
        """Open nothing yet; one for reading takes no write lock and must not write."""
        self._engine = engine.execution_options(reading=True) if reading else engine
        self._cipher = cipher

    def __enter__(self) -> Self:
        """Begin the transaction."""
        with translated(self._engine):
            self._connection = self._engine.connect()
            try:
                self._connection.begin()
            except BaseException:
                self._connection.close()
                raise
        session = Session(self._connection, self._cipher)
        self.raw = RawDocuments(session)
        self.intake = Intake(session)
        self.documents = Documents(session)
        self.breadcrumbs = Breadcrumbs(session)
        self.set_aside = SetAsideRecords(session)
        self.duplicates = Duplicates(session)
        self.signatures = Signatures(session)
        self.versions = Versions(session)
        self.petitioner_marks = PetitionerMarks(session)
        self.routes = Routes(session)
        self.analyses = Analyses(session)
        self.mentions = MentionRecords(session)
        self.links = Links(session)
        self.leads = Leads(session)
        self.decisions = Decisions(session)
        self.assignments = Assignments(session)
        self.lead_reminders = LeadReminders(session)
        self.second_readings = SecondReadings(session)
        self.second_requests = SecondRequests(session)
        self.judgements = Judgements(session)
        self.household_judgements = HouseholdJudgements(session)
        self.registry = Registry(session)
        self.register_history = RegisterHistory(session)
        self.places = Places(session)
        self.receipts = Receipts(session)
        self.mended_rows = MendedRows(session)
        self.header_profiles = HeaderProfiles(session)
        self.sources = Sources(session)
        self.risk_points = RiskPoints(session)
        self.stage_runs = StageRuns(session)
        self.accounts = Accounts(session)
        self.credentials = CredentialsOfAccounts(session)
        self.open_sessions = OpenSessions(session)
        self.sign_in_failures = SignInFailures(session)
        self.set_up_codes = SetUpCodes(session)
        self.api_keys = ApiKeys(session)
        self.submissions = Submissions(session)
        self.office_receipts = OfficeReceipts(session)
        self.audit = Audit(session)
        self.leases = Leases(session)
        self.alarms = Alarms(session)
        self.notices = Notices(session)
        self.outgoing = Outgoing(session)
        self.lead_outcomes = LeadOutcomes(session)
        self.webhook_deliveries = WebhookDeliveries(session)
        self.reader_tokens = ReaderTokens(session)
        self.coverage = Coverage(session)
        self.retention = Retention(session)
        self.reveals = Reveals(session)
        self.accusations = Accusations(session)
        self.planned_leads = PlannedLeads(session)
        self.household_search = HouseholdSearch(session)
        self.search_signatures = SearchSignatures(session)
        self.saved_views = SavedViews(session)
        self.sent_forms = SentForms(session)
        self.lead_board = LeadBoard(session)
        self.petition_outcomes = PetitionOutcomes(session)
        self.settled_successions = SettledSuccessions(session)
        self.withdrawn_leads = WithdrawnLeads(session)
        return self

    def commit(self) -> None:
        """Keep what was written."""
        with translated(self._engine):
            self._connection.commit()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Undo what was not committed; a database error leaves as StorageError."""
        try:
            with translated(self._engine):
                self._connection.rollback()
                if error is not None:
                    raise error
        finally:
            self._connection.close()
