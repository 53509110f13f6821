"""`qianshao account …`: who may sign in; passwords are typed or made at that moment, never kept in clear."""

from typing import Annotated

import typer

from commands import api_keys
from commands.regions import region_of
from commands.terminal import print_table, say
from domain.account import Account
from domain.errors import ConfigError
from domain.region import RegionCode
from domain.vocabulary import Role
from pipeline.deployment import Deployment, make_deployment

app = typer.Typer(help="账号和接口密钥。", no_args_is_help=True)
app.add_typer(api_keys.app, name="key")


@app.command("list")
def list_accounts() -> None:
    """列出账号。"""
    with make_deployment().store.reading() as work:
        accounts = work.accounts.all()
    rows = [
        (one.username, one.display_name, one.role.label, one.region, "停用" if one.disabled else "") for one in accounts
    ]
    print_table("账号", ("用户名", "姓名", "角色", "区划", "状态"), rows)


@app.command()
def add(
    username: str,
    role: Annotated[Role, typer.Option(help="角色")],
    region: Annotated[str, typer.Option(help="区划代码: 县6位、镇9位、村12位")],
    name: Annotated[str, typer.Option(help="显示的姓名")] = "",
) -> None:
    """新建账号, 密码当场生成, 只显示一次。"""
    code = region_of(region)
    password = add_account(make_deployment(), username, role, code, name or username)
    say(f"账号 {username} 已建立, 初始密码: {password}")


def add_account(deployment: Deployment, username: str, role: Role, region: RegionCode, name: str) -> str:
    """The password made for a new account; ConfigError when the name is taken."""
    from review.passwords import hash_password, make_password

    password = make_password()
    with deployment.store.unit_of_work() as work:
        if work.accounts.get(username) is not None:
            raise ConfigError(f"用户名 {username} 已有人用")
        work.accounts.add(
            Account(
                username=username,
                display_name=name,
                role=role,
                region=region,
                password_hash=hash_password(password),
                created_at=deployment.clock.now(),
            )
        )
        work.commit()
    return password


@app.command()
def reset(username: str) -> None:
    """重设密码, 新密码只显示一次。"""
    from review.passwords import hash_password, make_password

    deployment = make_deployment()
    password = make_password()
    with deployment.store.unit_of_work() as work:
        if work.accounts.get(username) is None:
            raise ConfigError(f"没有名为 {username} 的账号")
        work.accounts.set_password(username, hash_password(password))
        work.commit()
    say(f"账号 {username} 的新密码: {password}")
