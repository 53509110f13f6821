"""Counts of a stage."""

import pytest

from domain.counting.stage_report import StageReport


def test_a_report_whose_parts_do_not_sum_cannot_be_made():
    with pytest.raises(ValueError, match="classify"):
        StageReport(stage="classify", version="1", seen=3, done=1, skipped=1, quarantined=0, seconds=1.0)
