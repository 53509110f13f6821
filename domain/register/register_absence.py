"""How pages put it that a household may not be in the register at all."""

from dataclasses import dataclass

from domain.labelled import Labelled


class AbsenceWord(Labelled):
    """What is said beside the households that are offered."""

    LIKELY = "likely", "多半不在台账里"
    POSSIBLE = "possible", "也可能不在台账里"


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceThresholds:
    """From which probability, 0 to 1, each word is said; `possible` is the lower one."""

    likely: float
    possible: float

    def word(self, absent: float) -> AbsenceWord | None:
        """The word for this probability that the household is not in the register; None where it is too small."""
        if absent >= self.likely:
            return AbsenceWord.LIKELY
        return AbsenceWord.POSSIBLE if absent >= self.possible else None
