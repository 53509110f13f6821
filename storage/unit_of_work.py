"""One unit of work: every repository over one transaction that is kept only by `commit`."""

from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from storage.accounts import Accounts
from storage.accusations import Accusations
from storage.alarms import Alarms
from storage.api_keys import ApiKeys
from storage.assignments import Assignments
from storage.audit import Audit
from storage.breadcrumbs import Breadcrumbs
from storage.cipher import FieldCipher
from storage.coverage import Coverage
from storage.credentials import CredentialsOfAccounts
from storage.decisions import Decisions
from storage.documents import Documents, RawDocuments
from storage.engine import translated
from storage.header_profiles import HeaderProfiles
from storage.household_judgements import HouseholdJudgements
from storage.household_search import HouseholdSearch
from storage.intake import Intake
from storage.judgements import Judgements
from storage.lead_board import LeadBoard
from storage.lead_outcomes import LeadOutcomes
from storage.lead_reminders import LeadReminders
from storage.leads import Leads
from storage.leases import Leases
from storage.notices import Notices
from storage.office_receipts import OfficeReceipts
from storage.open_sessions import OpenSessions
from storage.outgoing import Outgoing
from storage.petition_outcomes import PetitionOutcomes
from storage.petitioner_marks import PetitionerMarks
from storage.places import Places
from storage.planned_leads import PlannedLeads
from storage.reader_tokens import ReaderTokens
from storage.readings import Analyses, Links, MentionRecords, Routes
from storage.receipts import Receipts
from storage.register_history import RegisterHistory
from storage.registry import Registry
from storage.retention import Retention
from storage.reveals import Reveals
from storage.risk_points import RiskPoints, StageRuns
from storage.saved_views import SavedViews
from storage.search_signatures import SearchSignatures
from storage.second_readings import SecondReadings, SecondRequests
from storage.sent_forms import SentForms
from storage.session import Session
from storage.set_aside import SetAsideRecords
from storage.set_up_codes import SetUpCodes
from storage.settled_successions import SettledSuccessions
from storage.sign_in_failures import SignInFailures
from storage.signatures import Signatures
from storage.similarity import Duplicates
from storage.sources import Sources
from storage.submissions import Submissions
from storage.versions import Versions
from storage.webhook_deliveries import WebhookDeliveries
from storage.withdrawn_leads import WithdrawnLeads


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
