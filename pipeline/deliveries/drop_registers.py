"""Household registers in the drop folder: they lie in a folder of their own, the office's or the deployment's."""

from pathlib import Path

from domain.deliveries.receipt import Origin, Receipt
from domain.failures.errors import FileError
from domain.places.office import Offices
from domain.places.region import RegionCode
from pipeline.deliveries.drop_places import REGISTERS
from pipeline.deliveries.register_reception import RegisterReception
from pipeline.registers.import_registry import Delivery

_UNKNOWN_OFFICE = (
    "不知道文件夹「{folder}」是哪个单位的, 户籍台账没有导入; 请在 settings.toml 的 offices 里写明它的区划代码, "
    f"或放到收件箱最上层的「{REGISTERS}」里"
)


def is_register(relative: Path) -> bool:
    """True for the path below the drop folder of a file that is handed in as a register."""
    return REGISTERS in relative.parts[:-1]


def take_register(path: Path, folder: str, offices: Offices, registers: RegisterReception, origin: Origin) -> Receipt:
    """The receipt of the office's register.

    Nobody looks at it before: one that would remove more than the policy allows is refused.

    Raises:
        FileError: it is none, it removes too much, or nobody knows whose division the folder's office has.
        AlreadyRunning: the stages run, or another register is taken in.
    """
    region = _region(folder, offices)
    receipt_id = registers.take_in(path, origin, region, Delivery())
    with registers.store.reading() as work:
        receipt = work.receipts.get(receipt_id)
    if receipt is None:
        raise FileError(f"{path.name}: 台账已导入, 回执 {receipt_id} 读不出来, 请告诉管理员")
    return receipt


def _region(folder: str, offices: Offices) -> RegionCode:
    if not folder:
        return offices.house
    region = offices.known.get(folder)
    if region is None:
        raise FileError(_UNKNOWN_OFFICE.format(folder=folder))
    return region
