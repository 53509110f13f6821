"""`qianshao account key …`: keys for other offices' programs; a key is shown once and only its hash is kept."""

from datetime import timedelta
from typing import Annotated

import typer

from commands.journal_keeper import changing_ways_in
from commands.regions import region_of
from commands.terminal import moment, print_table, say
from domain.accounts.account import AuditEntry
from domain.accounts.api_key import ApiKey, KeyScope
from domain.clock import CHINA
from domain.failures.errors import ConfigError
from domain.leads.lead import SYSTEM
from domain.places.region import RegionCode
from pipeline.deployment import Deployment, make_deployment

app = typer.Typer(help="接口密钥: 供其他单位的程序提交信访件、查看回执。", no_args_is_help=True)


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="用途, 如 县信访局平台")],
    region: Annotated[str, typer.Option(help="为哪个信访办提交: 区划代码, 县6位、镇9位")],
    scope: Annotated[list[KeyScope], typer.Option(help="权限, 可写多个")],
    department: Annotated[str, typer.Option(help="只读转给这个部门的线索: routing.toml 里的编码, 如 housing")] = "",
    days: Annotated[int | None, typer.Option(help="有效天数, 不写按 reception.toml", min=1, max=3650)] = None,
) -> None:
    """新建接口密钥, 只显示一次。"""
    code = region_of(region)
    key = create_key(make_deployment(), name, code, frozenset(scope), days, department)
    say("密钥只显示这一次, 请当面交给使用单位并妥善保管; 丢失或泄露时请立即作废后重建:")
    typer.echo(key)


def create_key(
    deployment: Deployment,
    name: str,
    region: RegionCode,
    scopes: frozenset[KeyScope],
    days: int | None = None,
    department: str = "",
) -> str:
    """The whole key, secret included; ConfigError when the name says nothing or no department is called like that."""
    from review.sign_in.key_secrets import make_key

    if not name.strip():
        raise ConfigError("密钥的用途不能为空, 请写明给哪个单位用")
    known = deployment.policy.routing.departments
    if department and department not in known:
        raise ConfigError(f"没有编码为「{department}」的部门, routing.toml 现有: {'、'.join(known)}")
    made, now = make_key(), deployment.clock.now()
    with changing_ways_in(deployment) as work:
        key = ApiKey(
            id=made.id,
            name=name.strip()[:100],
            scopes=scopes,
            region=region,
            department=department,
            secret_hash=made.secret_hash,
            created_at=now,
            created_by=SYSTEM,
            expires_at=now + timedelta(days=days or deployment.policy.reception.key_days),
        )
        work.api_keys.add(key)
        detail = " ".join(sorted(scopes))
        work.audit.append(AuditEntry(at=now, actor=SYSTEM, action="create_key", subject=key.id, detail=detail))
        work.commit()
    return made.text


@app.command("list")
def list_keys() -> None:
    """列出接口密钥, 不显示密钥本身。"""
    deployment = make_deployment()
    with deployment.store.reading() as work:
        keys = work.api_keys.all()
    print_table(
        "接口密钥",
        ("编号", "用途", "权限", "区划", "部门", "到期", "最近使用", "状态"),
        [_row(key, deployment) for key in keys],
    )


@app.command()
def revoke(key_id: Annotated[str, typer.Argument(help="密钥编号, 见 list")]) -> None:
    """作废接口密钥, 立即生效。"""
    deployment = make_deployment()
    now = deployment.clock.now()
    with changing_ways_in(deployment) as work:
        if not work.api_keys.revoke(key_id, now):
            raise ConfigError(f"没有编号为 {key_id} 的有效密钥, 请用 qianshao account key list 核对")
        work.audit.append(AuditEntry(at=now, actor=SYSTEM, action="revoke_key", subject=key_id))
        work.commit()
    say(f"密钥 {key_id} 已作废")


def _row(key: ApiKey, deployment: Deployment) -> tuple[object, ...]:
    state = "作废" if key.revoked_at else "有效" if key.is_valid(deployment.clock.now()) else "过期"
    used = moment(key.last_used_at) or "没有用过"
    scopes = "、".join(scope.label for scope in sorted(key.scopes))
    return (
        key.id,
        key.name,
        scopes,
        key.region,
        key.department,
        f"{key.expires_at.astimezone(CHINA):%Y-%m-%d}",
        used,
        state,
    )
