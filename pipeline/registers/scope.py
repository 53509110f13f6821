"""What of a delivered register its sender may change: households inside his own division, and no others.

A household counts as inside by the village that the file names and by the one that it is registered in: otherwise a
town could take another town's household away by naming its number.
"""

from dataclasses import replace

from domain.deliveries.receipt import RowProblem
from domain.places.region import RegionCode
from domain.register.register_entry import HouseholdEntry
from importers.registers.registry import RegistryFile
from importers.registers.row import RefusedRow
from storage.unit_of_work import UnitOfWork

_OUTSIDE = "这一户的村不在本单位的辖区, 没有导入; 请由它所在的乡镇或县里导入"
_REGISTERED_OUTSIDE = (
    "这个户编号在册的是本单位辖区以外的户, 没有导入, 那一户保持原样; 请核对户编号, 确是迁来的请由县里导入"
)


def within_region(work: UnitOfWork, delivered: RegistryFile, region: RegionCode) -> RegistryFile:
    """The register without the households that are not the region's; their rows are refused."""
    registered = work.registry.villages([entry.household.id for entry in delivered.entries])
    inside: list[HouseholdEntry] = []
    refused: list[RefusedRow] = []
    for entry in delivered.entries:
        at = registered.get(entry.household.id)
        if not region.contains(entry.household.village):
            refused.extend(_refused(entry, _OUTSIDE))
        elif at is not None and not region.contains(at):
            refused.extend(_refused(entry, _REGISTERED_OUTSIDE))
        else:
            inside.append(entry)
    if not refused:
        return delivered
    return replace(delivered, entries=tuple(inside), refused=(*delivered.refused, *refused))


def _refused(entry: HouseholdEntry, reason: str) -> list[RefusedRow]:
    number = entry.household.id
    places = dict.fromkeys((*entry.other_rows, *(facts.place for facts in entry.persons)))
    return [
        RefusedRow(RowProblem(sheet=one.sheet, row=one.row, column=None, reason=reason, value=number), number, {})
        for one in places
    ]
