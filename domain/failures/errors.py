"""The one tree of errors. A name says what happens next; the message is Chinese and says what to mend.

QianshaoError
├── ConfigError              stop: a setting, a policy file, a source YAML or a command's argument is wrong
│   └── AlreadyRunning       another process is at it; later this one may
├── StorageError             stop: the database cannot be used as it is
│   ├── DatabaseBusy         retry: another process holds the write lock
│   ├── ValueNotStorable     this record or file is not taken in: it holds a value that no column takes
│   ├── DatabaseFull         stop: no space left; nothing of the batch was written
│   ├── MigrationNeeded      stop: run `qianshao db upgrade`
│   └── KeyMissing           stop: the field key is not there, or is another one
├── SchedulerStopped         stop: no job would ever run again; a new start mends it
├── ModelError               stop: weights missing, or their checksum differs
├── SourceError              this source fails today, the others go on; alert
│   ├── SourceUnreachable    retry with back-off
│   ├── SourceBlocked        challenge or login page: never read as "nothing new"
│   └── LayoutChanged        a selector found nothing
├── SecondReaderError        the second reader fails today; everything else goes on without it
│   ├── SecondReaderUnreachable no answer: the text is asked about again in a later run, and loses no try
│   ├── SecondReaderFailed   the server answered with an error: counts as a try of this text
│   └── AnswerRefused        the answer breaks the rules: nothing is recorded but that it was tried
├── NoticeError              this notice did not leave; it is tried again, everything else goes on
├── MailboxError             the mailbox does not answer today; nothing in it is lost, everything else goes on
├── FileError                this file is not taken in, the others are
├── RecordError              this record, not the run
│   ├── SkipRecord           understood and out of scope: counted
│   └── QuarantineRecord     not understood: stored with a reason, shown to the operator
└── ReviewError              the person is told and nothing changes
    ├── NotAllowed           the role or the region does not permit it
    ├── SingleSignOnFailed   the county's sign-in server did not vouch for the person; the local way in stays
    └── TransitionNotAllowed the lead's status does not permit it
"""


class QianshaoError(Exception):
    """Base of all errors of the project; `reason` is a stable slug, the message is Chinese."""

    reason = "error"

    def __init__(self, message: str, *, reason: str | None = None) -> None:
        """Keep the message for people and, where given, a reason finer than the class's own."""
        super().__init__(message)
        if reason is not None:
            self.reason = reason


class ConfigError(QianshaoError):
    """A setting, a policy file, a source YAML or an argument is wrong: stop."""

    reason = "config"


class AlreadyRunning(ConfigError):
    """Another process does what only one may do at a time: not now."""

    reason = "already_running"


class StorageError(QianshaoError):
    """The database cannot be used as it is: stop, nothing of the batch was written."""

    reason = "storage"


class DatabaseBusy(StorageError):
    """Another process holds the write lock: try again."""

    reason = "database_busy"


class DatabaseFull(StorageError):
    """No space is left where the database lies: stop."""

    reason = "database_full"


class ValueNotStorable(StorageError):
    """The database works but takes a value of this record for impossible: the record or its file is refused."""

    reason = "value_not_storable"


class MigrationNeeded(StorageError):
    """The schema is older or newer than the code: stop until it is upgraded."""

    reason = "migration_needed"


class KeyMissing(StorageError):
    """The key that opens the encrypted fields is not there, or is another one: stop."""

    reason = "key_missing"


class SchedulerStopped(QianshaoError):
    """What begins the jobs has died: the process ends, so that it is started again."""

    reason = "scheduler_stopped"


class ModelError(QianshaoError):
    """The classifier's weights are missing or are not the ones the manifest names: stop."""

    reason = "model"


class SourceError(QianshaoError):
    """One medium fails today; the others go on and somebody is told."""

    reason = "source"


class SourceUnreachable(SourceError):
    """The site does not answer: try again later."""

    reason = "source_unreachable"


class SourceBlocked(SourceError):
    """The site shows a challenge or a login page; that is not "nothing new"."""

    reason = "source_blocked"


class LayoutChanged(SourceError):
    """A declared selector found nothing where it always found something."""

    reason = "layout_changed"


class SecondReaderError(QianshaoError):
    """The second reader fails today; everything else goes on without it."""

    reason = "second_reader"


class SecondReaderUnreachable(SecondReaderError):
    """The server gives no answer or has no time: try again in a later run."""

    reason = "second_reader_unreachable"


class SecondReaderFailed(SecondReaderError):
    """The server answered with an error; perhaps because of this text, so it counts as a try."""

    reason = "second_reader_failed"


class AnswerRefused(SecondReaderError):
    """The answer breaks the rules; `reason` says which, the message never quotes it."""

    reason = "answer_refused"


class NoticeError(QianshaoError):
    """A notice to the operator did not leave: it stays queued and is tried again."""

    reason = "notice"


class MailboxError(QianshaoError):
    """The mailbox does not answer or does not do what is asked: tried again at the next look."""

    reason = "mailbox"


class FileError(QianshaoError):
    """A delivered file cannot be taken in; the message names file, row, column and value."""

    reason = "file"


class RecordError(QianshaoError):
    """One record is not processed; the run goes on."""

    reason = "record"


class SkipRecord(RecordError):
    """The record is understood and out of scope; it is counted."""

    reason = "skipped"


class QuarantineRecord(RecordError):
    """The record is not understood; it is stored with its reason and shown to the operator."""

    reason = "quarantined"


class ReviewError(QianshaoError):
    """What a person asked for cannot be done; the person is told and nothing changes."""

    reason = "review"


class NotAllowed(ReviewError):
    """The account's role or region does not permit it."""

    reason = "not_allowed"


class SingleSignOnFailed(ReviewError):
    """The county's sign-in server does not answer, or what it says cannot be trusted; `reason` says which."""

    reason = "single_sign_on"


class TransitionNotAllowed(ReviewError):
    """The lead's present status does not permit the step."""

    reason = "transition_not_allowed"
