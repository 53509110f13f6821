"""Builds the example's files from its texts: `python -m examples.kehu.build [FOLDER]`."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel

from examples.kehu.office_files import petition_number, write_petitions, write_register, write_tickets
from examples.kehu.register import VILLAGES, RegisteredHousehold, register
from examples.kehu.site_files import address_of, write_site
from examples.kehu.texts_format import HERE, Gold, NewsArticle, Petition, Ticket, read_all, read_cast

REGISTER = "register/户籍台账_克虎镇_2026年10月.xlsx"
PETITIONS = "petitions/信访登记台账_2026年.xlsx"
TICKETS = "hotline/12345工单导出.csv"


def build(folder: Path) -> int:
    """Write every file of the example below the folder; how many texts there are. ValueError lists what is wrong."""
    petitions = read_all("petitions", Petition)
    tickets = read_all("hotline", Ticket)
    articles = read_all("news", NewsArticle)
    households = {one.household.household_id: one for one in register(read_cast())}
    _check(households, [*petitions, *tickets, *articles])
    write_register(folder / REGISTER, list(households.values()))
    write_petitions(folder / PETITIONS, petitions, households)
    write_tickets(folder / TICKETS, tickets, households)
    write_site(folder / "site", articles)
    gold = [
        *(_gold("petition", petition_number(one), one.key, one.gold) for one in petitions),
        *(_gold("hotline", one.ticket_no, one.key, one.gold) for one in tickets),
        *(_gold("news", address_of(one), one.key, one.gold) for one in articles),
    ]
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in gold)
    (folder / "gold.jsonl").write_text(lines, encoding="utf-8")
    return len(gold)


def _gold(channel: str, locator: str, key: str, gold: Gold) -> dict[str, object]:
    return {"key": key, "channel": channel, "locator": locator, **gold.model_dump(mode="json")}


def _check(households: dict[str, RegisteredHousehold], texts: Sequence[BaseModel]) -> None:
    problems = []
    for text in texts:
        key, gold = text.model_dump()["key"], Gold.model_validate(text.model_dump()["gold"])
        if gold.household_id is not None and gold.household_id not in households:
            problems.append(f"{key}: household {gold.household_id} is not in the register")
        if gold.village_code is not None and gold.village_code not in VILLAGES:
            problems.append(f"{key}: village {gold.village_code} is none of the town's")
    if problems:
        raise ValueError("\n".join(problems))


def main() -> None:
    """Build into the folder given, the example's own by default."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    sys.stdout.write(f"{build(folder)} texts\n")


if __name__ == "__main__":
    main()
