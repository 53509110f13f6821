"""`qianshao import headers`: which headers people confirmed, for which office, and how one is forgotten."""

from typing import Annotated

import typer

from commands.imports import AsJson
from commands.terminal import moment, print_table, say, write_json
from domain.accounts.account import AuditEntry
from domain.deliveries.header_profile import Profile
from domain.failures.errors import ConfigError
from domain.leads.lead import SYSTEM
from pipeline.deployment import Deployment, make_deployment

_SHOWN = 12
"""Digits of a fingerprint that tell headers apart."""
_ALL = "各单位"


def register(imports: typer.Typer) -> None:
    """Add the command."""
    imports.command("headers")(headers)


def headers(
    forget: Annotated[
        str | None, typer.Option("--forget", metavar="编号", help="忘记这个编号的确认, 下次重新认")
    ] = None,
    office: Annotated[str, typer.Option(help="只看或只忘记这个单位的; 不写为全部")] = "",
    as_json: AsJson = False,
) -> None:
    """列出网页上确认过的表头(谁、哪个单位、认作什么); 确认错了的用 --forget 忘记。"""
    deployment = make_deployment()
    with deployment.store.reading() as work:
        found = [one for one in work.header_profiles.every() if not office or one.office == office]
    if forget is None:
        _show(found, as_json)
        return
    wanted = [one for one in found if len(forget) >= _SHOWN and one.fingerprint.startswith(forget)]
    if not wanted:
        raise ConfigError(f"没有编号为 {forget} 的确认, 请用 qianshao import headers 查看有哪些")
    if len(wanted) > 1:
        offices = "、".join(one.office or _ALL for one in wanted)
        raise ConfigError(f"几个单位都确认过这种表头({offices}), 请用 --office 写明是哪个单位")
    _forget(deployment, wanted[0])
    say(f"已忘记 {wanted[0].office or _ALL} 对表头 {forget[:_SHOWN]} 的确认; 已导入的记录不变")


def _show(found: list[Profile], as_json: bool) -> None:
    if as_json:
        for one in found:
            columns = {str(index): field for index, field in one.columns.items()}
            write_json(
                {
                    "fingerprint": one.fingerprint,
                    "office": one.office,
                    "layout": one.layout,
                    "columns": columns,
                    "confirmed_by": one.confirmed_by,
                    "confirmed_at": one.confirmed_at.isoformat(),
                }
            )
        return
    rows = [
        (
            one.fingerprint[:_SHOWN],
            one.office or _ALL,
            one.layout,
            ", ".join(f"第{index + 1}列 {field}" for index, field in sorted(one.columns.items())),
            one.confirmed_by,
            moment(one.confirmed_at),
        )
        for one in found
    ]
    print_table("确认过的表头", ("编号", "单位", "种类", "各列", "谁", "时间"), rows)


def _forget(deployment: Deployment, profile: Profile) -> None:
    with deployment.store.unit_of_work() as work:
        work.header_profiles.forget(profile)
        entry = AuditEntry(
            at=deployment.clock.now(),
            actor=SYSTEM,
            action="forget_header",
            subject=profile.fingerprint,
            detail=f"{profile.office} {profile.layout}".strip(),
        )
        work.audit.append(entry)
        work.commit()
