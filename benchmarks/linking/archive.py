"""An archive linked again: whether a text costs as much at the end as at the beginning, and whether memory grows.

`python -m benchmarks.linking.archive --gazetteer FILE --names DIR --persons 100000 --texts 20000 --seed 1 --work DIR`
fills a SQLite database in the folder with an invented register and texts, reads their mentions (once: the folder keeps
them), and links them with the stage that `qianshao link --all` runs. Its process is killed (SIGKILL) in the middle and
another one goes on.
"""

import argparse
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.linking.process import in_new_process, memory
from benchmarks.linking.setting import Setting
from benchmarks.linking.texts import TextGenerator
from benchmarks.linking.villages import VillageList
from domain.clock import SystemClock
from domain.places.region import RegionCode
from domain.texts.document import RawDocument, document_id
from domain.words.vocabulary import Channel
from nlp.mentions import MentionFinder
from nlp.places.gazetteer import Gazetteer
from pipeline.linking.parameters import load_parameters
from pipeline.stages.ingest import Ingest
from pipeline.stages.link import LinkStage
from pipeline.stages.linker import Linker, load_linker, version_of
from pipeline.stages.mention import Mention
from pipeline.stages.run import run_one_stage, run_stages
from pipeline.stages.stage import Stage
from storage.encryption.key_file import create_keyring, load_keyring
from storage.encryption.keyring import Keyring
from storage.encryption.suites import Algorithm
from storage.schema import upgrade
from storage.store import Store, open_store

_BATCH = 200
_MEGABYTE = 2**20
_START = datetime(2026, 1, 1, tzinfo=UTC)
_WARM = 0.25
"""Share of the texts after which memory is looked at: caches of the database and of the index fill first."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One batch that was finished."""

    texts: int
    """In this process, so far."""
    seconds: float
    """Processor time of the process."""
    memory_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Where everything lies."""

    setting: Setting

    @property
    def url(self) -> str:
        """The database."""
        return f"sqlite:///{self.setting.work / 'archive.db'}"

    @property
    def key(self) -> Path:
        """Its key."""
        return self.setting.work / "archive.key"

    def store(self) -> Store:
        """The database opened."""
        return open_store(self.url, load_keyring(self.key))

    def stages(self, store: Store) -> list[Stage[Any]]:
        """What a text goes through here; no classifier reads it."""
        villages, parameters = self.setting.villages(), load_parameters()
        gazetteer = _gazetteer(self.setting, villages)
        with store.reading() as work:
            version = version_of(work.registry.version(), parameters)
        load = partial(self._linker, store)
        return [
            Ingest(villages.division),
            Mention(MentionFinder(gazetteer)),
            LinkStage(version, gazetteer, load),
        ]

    def _linker(self, store: Store) -> Linker:
        with store.reading() as work:
            return load_linker(work, store.kept_arrays(self.setting.work / "index"), load_parameters())


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was measured; 1 when a text was lost or linked twice."""
    given = _arguments().parse_args(arguments)
    setting = Setting(
        gazetteer=given.gazetteer,
        names=given.names,
        persons=given.persons,
        mentions=given.texts,
        seed=given.seed,
        work=given.work,
        division=given.division,
    )
    archive = Archive(setting=setting)
    if not archive.key.exists():
        setting.work.mkdir(parents=True, exist_ok=True)
        print(f"filled in {in_new_process(_fill, archive):.0f} s")
    killed = _killed_after(archive, given.texts // 2)
    print(f"killed after {killed:,} texts")
    moments = in_new_process(_link, archive)
    with archive.store().reading() as work:
        linked, links = len(work.links.documents()), work.links.count()
    print(_told(moments))
    print(f"{linked:,} of {given.texts:,} texts have a link, {links:,} links are stored")
    return 0 if linked == links == given.texts else 1


def _fill(archive: Archive) -> float:
    """Seconds of processor time that it took."""
    setting, started = archive.setting, time.process_time()
    villages = setting.villages()
    register = setting.register(villages)
    upgrade(archive.url, create_keyring(archive.key, Keyring.new(Algorithm.AES_256_GCM)))
    store = archive.store()
    with store.unit_of_work() as work:
        work.registry.import_households(register.households(), file="invented", file_sha256="0" * 64, at=_START)
        work.commit()
    texts = TextGenerator(register, villages).texts(setting.mentions, setting.seed)
    written = (
        RawDocument(
            id=document_id("archive", text.id, text.title, text.text),
            channel=Channel.PETITION,
            source="archive",
            external_key=text.id,
            title=text.title,
            text=text.text,
            published_at=None,
            received_at=_START + timedelta(minutes=number),
        )
        for number, text in enumerate(texts)
    )
    for part in _parts(written):
        with store.unit_of_work() as work:
            for raw in part:
                work.raw.add(raw)
            work.commit()
    run_stages(store, archive.stages(store)[:2], SystemClock(), batch_size=_BATCH, progress=_silent)
    return time.process_time() - started


def _link(archive: Archive, told: Connection | None = None) -> list[Moment]:
    """Link what is pending; of every batch the moment, also sent to `told`."""
    store, moments, done = archive.store(), [], 0
    started = time.process_time()

    def progress(_: str, count: int) -> None:
        nonlocal done
        done += count
        moments.append(Moment(done, time.process_time() - started, memory("VmRSS")))
        if told is not None:
            told.send(done)

    stages, clock = archive.stages(store), SystemClock()
    run_one_stage(store, stages, LinkStage.name, clock, batch_size=_BATCH, progress=progress, expect=_silent)
    return moments


def _killed_after(archive: Archive, texts: int) -> int:
    """How many texts a process had linked when it was killed."""
    here, there = get_context("spawn").Pipe(duplex=False)
    process = get_context("spawn").Process(target=_link, args=(archive, there))
    process.start()
    there.close()
    done = 0
    while done < texts:
        done = here.recv()
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    return done


def _told(moments: Sequence[Moment]) -> str:
    warm = [one for one in moments if one.texts >= _WARM * moments[-1].texts]
    counts = np.array([one.texts for one in warm], dtype=np.float64)
    slope = np.polyfit(counts, np.array([one.memory_bytes for one in warm]) / _MEGABYTE, 1)[0]
    fifths = np.diff(np.interp(np.linspace(0, moments[-1].texts, 6), *_times(moments)))
    return (
        f"{moments[-1].texts:,} texts in {moments[-1].seconds:.0f} s of processor time; "
        f"second fifth {fifths[1]:.2f} s, last {fifths[-1]:.2f} s\n"
        f"memory {warm[0].memory_bytes / _MEGABYTE:.0f} MB after {warm[0].texts:,}, "
        f"{warm[-1].memory_bytes / _MEGABYTE:.0f} MB at the end; {slope * 10_000:.2f} MB more for 10,000 texts"
    )


def _times(moments: Sequence[Moment]) -> tuple[list[float], list[float]]:
    return [0.0, *(one.texts for one in moments)], [0.0, *(one.seconds for one in moments)]


def _gazetteer(setting: Setting, villages: VillageList) -> Gazetteer:
    return Gazetteer(villages.with_sites(setting.register(villages).sites), villages.division)


def _parts(written: Iterator[RawDocument]) -> Iterator[list[RawDocument]]:
    while part := list(islice(written, _BATCH)):
        yield part


def _silent(_: str, __: int) -> None:
    """Nobody watches."""


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gazetteer", type=Path, required=True)
    parser.add_argument("--names", type=Path, required=True)
    parser.add_argument("--division", type=RegionCode.parse, help="only the villages of this division")
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--texts", type=int, default=20_000)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--work", type=Path, required=True, help="an empty folder, or one that was filled before")
    return parser


if __name__ == "__main__":
    sys.exit(main())
