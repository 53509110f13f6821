"""`qianshao account …`: who may sign in; passwords are made at that moment, shown once and never kept in clear."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

import typer

from commands import api_keys
from commands.journal_keeper import changing_ways_in
from commands.regions import region_of
from commands.terminal import moment, print_table, say
from domain.accounts.account import Account, AuditEntry
from domain.failures.errors import ConfigError
from domain.leads.lead import SYSTEM
from domain.places.region import RegionCode
from domain.words.vocabulary import Role
from pipeline.deployment import Deployment, make_deployment
from storage.unit_of_work import UnitOfWork

app = typer.Typer(help="账号和接口密钥。", no_args_is_help=True)
app.add_typer(api_keys.app, name="key")
_DEPARTMENT_HELP = "角色是部门时, routing.toml 里的部门"


@app.command("list")
def list_accounts() -> None:
    """列出账号。"""
    with make_deployment().store.reading() as work:
        accounts = work.accounts.all()
        known = work.credentials.of([one.username for one in accounts])
    rows = []
    for one in accounts:
        credentials = known.get(one.username)
        factor = "有" if credentials and credentials.second_factor_since else ""
        last = moment(credentials.last_sign_in_at) if credentials else ""
        state = "停用" if one.disabled else "" if one.has_person_name else "没有姓名"
        rows.append((one.username, one.display_name, one.role.label, one.region, last, factor, state))
    print_table("账号", ("用户名", "姓名", "角色", "区划", "上次登录", "验证器", "状态"), rows)


@app.command()
def add(
    username: str,
    role: Annotated[Role, typer.Option(help="角色")],
    region: Annotated[str, typer.Option(help="区划代码: 县6位、镇9位、村12位")],
    name: Annotated[str, typer.Option(help="真实姓名, 回避要用; 不写, 本人第一次登录时会被问到")] = "",
    department: Annotated[str, typer.Option(help=_DEPARTMENT_HELP)] = "",
) -> None:
    """新建账号, 一次性密码当场生成, 只显示一次。"""
    code = region_of(region)
    deployment = make_deployment()
    password = add_account(deployment, username, role, code, name or username, department=department)
    say(f"账号 {username} 已建立, 一次性密码: {password}")
    say("本人第一次登录时必须改成自己的密码")


def add_account(
    deployment: Deployment,
    username: str,
    role: Role,
    region: RegionCode,
    name: str,
    *,
    department: str = "",
    must_change: bool = True,
) -> str:
    """The password made for a new account; ConfigError when the name is taken or cannot be one."""
    from review.accounts.form import name_problem
    from review.accounts.steps import make_account
    from review.sign_in.passwords import hash_password, make_password

    problem = name_problem(username)
    if problem is not None:
        raise ConfigError(f"用户名 {username} 不对: {problem}")
    if name != username:
        _check_person_name(name)
    _check_department(deployment, role, department)
    password, now = make_password(), deployment.clock.now()
    with changing_ways_in(deployment) as work:
        if work.accounts.get(username) is not None:
            raise ConfigError(f"用户名 {username} 已有人用")
        account = Account(
            username=username,
            display_name=name,
            role=role,
            region=region,
            department=department,
            password_hash=hash_password(password),
            created_at=now,
        )
        make_account(work, account, _entry(deployment, account), must_change=must_change)
        work.commit()
    return password


@app.command()
def reset(username: str) -> None:
    """重设密码, 新的一次性密码只显示一次; 已登录的设备全部退出。"""
    from review.accounts.steps import set_first_password
    from review.sign_in.passwords import hash_password, make_password

    password = make_password()
    hashed = hash_password(password)
    _change(username, lambda work, account, entry: set_first_password(work, account, hashed, entry))
    say(f"账号 {username} 的一次性密码: {password}")


@app.command("reset-second-factor")
def reset_second_factor(username: str) -> None:
    """重设手机验证器: 原来的验证器和恢复代码作废, 本人下次登录时重新设置。"""
    from review.accounts.steps import forget_second_factor

    _change(username, forget_second_factor)
    say(f"账号 {username} 的验证器和恢复代码已作废")


@app.command()
def unlock(username: str) -> None:
    """解锁: 清除输错密码和验证码的次数。"""
    from review.accounts.steps import clear_failures

    _change(username, clear_failures)
    say(f"账号 {username} 已解锁")


@app.command()
def disable(username: str) -> None:
    """停用账号, 立即生效。"""
    from review.accounts.steps import disable as shut_out

    _change(username, shut_out)
    say(f"账号 {username} 已停用")


@app.command()
def enable(usernames: Annotated[list[str], typer.Argument(metavar="用户名…")]) -> None:
    """恢复使用停用的账号, 可写多个。"""
    from review.accounts.steps import enable as let_in_again

    for username in usernames:
        _change(username, let_in_again)
        say(f"账号 {username} 已恢复使用")


@app.command()
def rename(username: str, name: Annotated[str, typer.Argument(help="真实姓名")]) -> None:
    """更改姓名, 以后按新的姓名回避。"""
    from review.accounts.steps import give_name

    _check_person_name(name)
    _change(username, lambda work, account, entry: give_name(work, account, name, entry))
    say(f"账号 {username} 的姓名已改为 {name}")


@app.command()
def place(
    username: str,
    role: Annotated[Role, typer.Option(help="角色")],
    region: Annotated[str, typer.Option(help="区划代码: 县6位、镇9位、村12位")],
    department: Annotated[str, typer.Option(help=_DEPARTMENT_HELP)] = "",
) -> None:
    """更改角色和区划; 已登录的设备全部退出。"""
    from review.accounts.steps import give_place

    code = region_of(region)
    _check_department(make_deployment(), role, department)

    def give(work: UnitOfWork, account: Account, entry: AuditEntry) -> None:
        give_place(work, account, replace(account, role=role, region=code, department=department), entry)

    _change(username, give)
    say(f"账号 {username} 现在是 {role.label}, 区划 {code}")


def _check_person_name(name: str) -> None:
    """ConfigError where it cannot be the name of a person."""
    from review.accounts.form import person_name_problem

    problem = person_name_problem(name)
    if problem is not None:
        raise ConfigError(f"姓名 {name} 不对: {problem}")


def _check_department(deployment: Deployment, role: Role, department: str) -> None:
    """ConfigError where the role DEPARTMENT comes without a known department, or another role with one."""
    known = deployment.workflow().departments
    if role is Role.DEPARTMENT and department not in known:
        choices = "、".join(f"{slug}({name})" for slug, name in known.items())
        raise ConfigError(f"部门账号要用 --department 写明是哪个部门: {choices}")
    if role is not Role.DEPARTMENT and department:
        raise ConfigError(f"{role.label}不属于部门, 请去掉 --department")


def _change(username: str, step: Callable[[UnitOfWork, Account, AuditEntry], None]) -> None:
    deployment = make_deployment()
    with changing_ways_in(deployment) as work:
        account = work.accounts.hold(username)
        if account is None:
            raise ConfigError(f"没有名为 {username} 的账号")
        step(work, account, _entry(deployment, account))
        work.commit()


def _entry(deployment: Deployment, account: Account) -> AuditEntry:
    return AuditEntry(at=deployment.clock.now(), actor=SYSTEM, action="", subject=account.username)
