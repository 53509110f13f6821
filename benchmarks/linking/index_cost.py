"""What the index of the register costs alone: built from a stream of persons, kept encrypted, loaded again.

Each step runs in a process of its own; memory is what the process grew by at the most, over what it held before.
"""

import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.linking.process import in_new_process, memory
from benchmarks.linking.setting import Setting
from pipeline.linking.chances import Chances
from pipeline.linking.index_building import build_index
from pipeline.linking.register_index import Registered, RegisterIndex
from storage.encryption.cipher import FieldCipher
from storage.encryption.kept_arrays import KeptArrays
from storage.encryption.key_file import create_keyring, load_keyring
from storage.encryption.keyring import Keyring
from storage.encryption.suites import Algorithm

_NAME = "index"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexCost:
    """The index of one register."""

    persons: int
    build_seconds: float
    """With the drawing of the invented households, which stands for reading them from the database."""
    draw_seconds: float
    """Of these, what drawing alone takes."""
    build_bytes: int
    """The most memory that building took."""
    file_bytes: int
    load_seconds: float
    load_bytes: int
    """The most memory that loading took, when the file, its plain bytes and the arrays stood beside each other."""
    ready_seconds: float
    """From loaded to the first weight of a name: how common names are is counted then."""
    held_bytes: int
    """What index and frequencies hold while texts are linked."""


def index_cost(setting: Setting) -> IndexCost:
    """The costs of the setting's register."""
    folder = setting.work / "kept"
    if not _key(folder).exists():
        create_keyring(_key(folder), Keyring.new(Algorithm.AES_256_GCM))
    draw_seconds, persons = in_new_process(_draw, setting)
    build_seconds, build_bytes = in_new_process(_build, setting, folder)
    load_seconds, load_bytes, ready_seconds, held_bytes = in_new_process(_load, folder)
    return IndexCost(
        persons=persons,
        build_seconds=build_seconds,
        draw_seconds=draw_seconds,
        build_bytes=build_bytes,
        file_bytes=sum(path.stat().st_size for path in folder.iterdir()),
        load_seconds=load_seconds,
        load_bytes=load_bytes,
        ready_seconds=ready_seconds,
        held_bytes=held_bytes,
    )


def _draw(setting: Setting) -> tuple[float, int]:
    register, started = setting.register(setting.villages()), time.process_time()
    persons = sum(len(household.persons) for household in register.households())
    return time.process_time() - started, persons


def _build(setting: Setting, folder: Path) -> tuple[float, int]:
    register = setting.register(setting.villages())
    before, started = memory("VmRSS"), time.process_time()
    index = build_index(
        Registered(household.id, household.village, person.name)
        for household in register.households()
        for person in household.persons
    )
    seconds, grown = time.process_time() - started, memory("VmHWM") - before
    _kept(folder).write(_NAME, index.arrays())
    return seconds, grown


def _load(folder: Path) -> tuple[float, int, float, int]:
    before, started = memory("VmRSS"), time.process_time()
    arrays = _kept(folder).read(_NAME)
    if arrays is None:
        raise RuntimeError("the index that was just built cannot be read")
    index = RegisterIndex(**arrays)
    load_seconds, load_bytes = time.process_time() - started, memory("VmHWM") - before
    del arrays
    started = time.process_time()
    name, village = index.name_of(0), index.village_of(0)
    Chances(index).of(name, name, village)
    return load_seconds, load_bytes, time.process_time() - started, memory("VmRSS") - before


def _kept(folder: Path) -> KeptArrays:
    return KeptArrays(folder, FieldCipher(load_keyring(_key(folder))))


def _key(folder: Path) -> Path:
    """Beside the folder, which holds the newest file only."""
    return folder.with_suffix(".key")
