"""`qianshao second-read` as an operator meets it, on the example county, to the lead that a clerk's decision makes."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from fastapi.testclient import TestClient

from domain.accounts.account import Account
from domain.places.region import RegionCode
from domain.texts.document import DocumentId
from domain.words.vocabulary import Role, Route
from pipeline.deployment import Deployment, make_deployment
from review.app import create_app
from review.sign_in.passwords import hash_password
from tests.commands.in_process import leads, qianshao
from tests.fakes import NOON
from tests.importers.office_files import HEADER, row, write_xlsx
from tests.nlp.second_reader.endpoint import Endpoint, answer, completion, good, serve

PASSWORD = "the-same-for-all"


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example county with a few petitions of its own register, read by the shipped classifier."""
    home = tmp_path_factory.mktemp("processed")
    assert qianshao(home, "init", "--example", "kehu").returncode == 0
    texts = [
        "克虎镇庞家庄村民来访，说家里老人前年瘫了，地里活计没人做，请来看一看。",
        "克虎镇庞家庄村里路灯坏了两盏，请修一修。",
        "克虎镇庞家庄村民来电，孩子上学的钱还差一些，想问有没有办法。",
    ]
    register = write_xlsx(home / "台账.xlsx", [HEADER, *(row(f"Q{index}", text) for index, text in enumerate(texts))])
    assert qianshao(home, "import", "petitions", str(register)).returncode == 0
    assert qianshao(home, "run").returncode == 0
    return home


@pytest.fixture
def home(processed: Path, tmp_path: Path) -> Path:
    return copytree(processed, tmp_path / "home")


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serve() as served:
        yield served


def configure(home: Path, url: str, more: str = "") -> None:
    block = f'\n[second_reader]\nurl = "{url}"\nmodel = "qwen-test"\nper_minute = 600\nuncertain = [0.0, 1.0]\n{more}\n'
    with (home / "settings.toml").open("a", encoding="utf-8") as settings:
        settings.write(block)


def signed_in(deployment: Deployment) -> TestClient:
    with deployment.store.unit_of_work() as work:
        account = Account(
            username="clerk",
            display_name="信访办录入员",
            role=Role.CLERK,
            region=RegionCode("141124"),
            password_hash=hash_password(PASSWORD),
            created_at=NOON,
        )
        work.accounts.add(account)
        work.commit()
    app = create_app(deployment.store, deployment.clock, deployment.policy.departments)
    client = TestClient(app, follow_redirects=False)
    assert client.post("/login", data={"username": "clerk", "password": PASSWORD}).status_code == 303
    return client


def test_where_none_is_configured_one_line_says_so(home: Path):
    finished = qianshao(home, "second-read")

    assert (finished.returncode, finished.stdout) == (0, "")
    assert finished.stderr.count("\n") == 1
    assert "没有配置" in finished.stderr
    assert "第二判读: 没有配置" in qianshao(home, "doctor").stderr


def test_the_table_counts_and_doctor_knows_of_the_run(home: Path, endpoint: Endpoint):
    configure(home, endpoint.url)
    assert "还没有运行过" in qianshao(home, "doctor").stderr

    finished = qianshao(home, "second-read", "--most", "2")

    assert finished.returncode == 0, finished.stderr
    assert "第二判读" in finished.stdout
    assert len(endpoint.bodies) == 2
    assert re.search(r"第二判读: qwen-test, 上次运行 \d{4}-\d\d-\d\d: 一致\d, 分歧\d", qianshao(home, "doctor").stderr)


def test_records_come_as_one_line_of_json(home: Path, endpoint: Endpoint):
    configure(home, endpoint.url)

    finished = qianshao(home, "second-read", "--json")

    record = json.loads(finished.stdout)
    assert set(record) == {"stage", "version", "stopped", "details"}
    assert record["version"].startswith("qwen-test+second-1-")


def test_a_server_that_is_down_is_said_with_exit_code_one_and_the_pipeline_goes_on(home: Path):
    with serve() as gone:
        pass
    configure(home, gone.url)

    finished = qianshao(home, "second-read")

    assert finished.returncode == 1
    assert "没有应答" in finished.stdout
    assert "Traceback" not in finished.stderr
    assert qianshao(home, "run").returncode == 0


def test_a_name_outside_is_wrong_configuration(home: Path):
    configure(home, "http://8.8.8.8/v1")

    finished = qianshao(home, "second-read")

    assert finished.returncode == 2
    assert "不在内网" in finished.stderr


def test_nothing_of_a_text_is_printed(home: Path, endpoint: Endpoint):
    endpoint.plays = [answer(completion("瘫了"))]
    configure(home, endpoint.url)

    finished = qianshao(home, "second-read")

    assert "瘫了" not in finished.stdout + finished.stderr
    assert "路灯" not in finished.stdout + finished.stderr


def test_from_a_doubtful_petition_over_a_clerks_decision_to_a_lead(home: Path, endpoint: Endpoint):
    configure(home, endpoint.url)
    before = leads(home)
    endpoint.plays = [good(("other_hardship", "路灯坏了两盏"))]
    assert qianshao(home, "second-read").returncode == 0
    assert leads(home) == before
    deployment = make_deployment(home=home)
    client = signed_in(deployment)
    found = client.get("/disagreements").text
    [document_id] = [
        one for one in re.findall(r'href="/disagreements/(\w{32})"', found) if _text(deployment, one, "路灯")
    ]
    page = client.get(f"/disagreements/{document_id}").text
    assert '<mark title="其他困难">路灯坏了两盏</mark>' in page
    token = re.search(r'name="csrf" value="(\w+)"', page)
    assert token
    form = {"csrf": token[1], "verdict": "hardship", "risks": ["other_hardship"], "scope": "area"}
    assert client.post(f"/disagreements/{document_id}/judgements", data=form).status_code == 303

    finished = qianshao(home, "run", "--json")

    assert finished.returncode == 0, finished.stderr
    [judged] = [one for line in finished.stdout.splitlines() if (one := json.loads(line))["stage"] == "judge"]
    assert judged["details"] == {"hardship": 1}
    [new] = [one for one in leads(home) if one not in before]
    assert (new["risks"], new["region"]) == (["other_hardship"], "141124104202")
    assert qianshao(home, "run").returncode == 0
    assert len(leads(home)) == len(before) + 1
    with deployment.store.reading() as work:
        assert work.routes.of(DocumentId(document_id))[0] is Route.OPEN  # type: ignore[index]
        assert work.audit.verify() is None


def _text(deployment: Deployment, document_id: str, words: str) -> bool:
    with deployment.store.reading() as work:
        return words in work.documents.get(DocumentId(document_id)).content
