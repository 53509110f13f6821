"""No real person: no ID number in the repository has the right checksum."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent
_NUMBER = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])[0-3]\d\d{3}[\dXx](?!\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def has_right_checksum(number: str) -> bool:
    expected = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11]
    return number[-1].upper() == expected


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name]


def test_no_tracked_text_holds_an_id_number_that_could_be_somebodys():
    found = []
    for path in tracked_files():
        if path.suffix in {".png", ".npz", ".xlsx"} or not path.is_file():
            continue
        text = path.read_bytes().decode("utf-8", errors="ignore")
        found += [f"{path.name}: {number}" for number in _NUMBER.findall(text) if has_right_checksum(number)]

    assert found == []


def test_the_invented_register_holds_only_wrong_checksums():
    from examples.kehu.register import register
    from examples.kehu.texts_format import read_cast

    numbers = [person.id_number for household in register(read_cast()) for person in household.persons]

    assert len(numbers) > 1000
    assert not any(has_right_checksum(number) for number in numbers)
