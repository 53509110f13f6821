"""Starts the web pages on a socket that is bound first, so that the printed address is true."""

import socket

import uvicorn

from commands.first_start import offer_set_up
from commands.journal_keeper import JournalKeeper, note_ways_in
from commands.terminal import say
from domain.failures.errors import ConfigError
from domain.failures.unreadable import why_unreadable
from pipeline.deliveries.import_submissions import SubmissionWorker
from pipeline.deployment import Deployment
from pipeline.linking.absence_words import absence_thresholds
from review.app import create_app
from review.sign_in.bounded_fetch import BoundedFetch
from review.sign_in.policy import load_sign_in_policy
from review.sign_in.single_sign_on import SingleSignOn
from review.sign_in.single_sign_on_fetch import HttpFetch


def serve_pages(deployment: Deployment, *, host: str | None, port: int | None) -> None:
    """Serve until interrupted; prints the address before the first request can come.

    ConfigError when the address cannot be had, MigrationNeeded over a backup that nobody settled.
    """
    note_ways_in(deployment)
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    wanted = (host or deployment.settings.host, deployment.settings.port if port is None else port)
    try:
        listener.bind(wanted)
    except OSError as exc:
        listener.close()
        raise ConfigError(f"网页不能在 {wanted[0]}:{wanted[1]} 上打开: {why_unreadable(exc)}") from exc
    address, bound = listener.getsockname()
    say(f"网页地址: http://{address}:{bound}")
    imports = deployment.submission_imports()
    worker = SubmissionWorker(imports)
    configured = deployment.settings.second_reader is not None
    sign_in = load_sign_in_policy(deployment.settings.sign_in)
    offer_set_up(deployment, sign_in)
    app = create_app(
        deployment.store,
        deployment.clock,
        deployment.policy.departments,
        second_reader=configured,
        reports=deployment,
        exports=deployment.exports,
        operation=deployment,
        reception=deployment.web_reception(imports, worker.wake),
        disclosure=deployment.policy.disclosure.rules,
        workflow=deployment.workflow(),
        absence=absence_thresholds(),
        sign_in=sign_in,
        https_only=deployment.settings.https_only,
        single_sign_on=_single_sign_on(deployment),
    )
    proxies = deployment.settings.trusted_proxies
    # Without a configuration of its own the server logs through ours, which leaves values out.
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        log_config=None,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
    )
    server = uvicorn.Server(config)
    journal = JournalKeeper(deployment, lambda: setattr(server, "should_exit", True))
    worker.start()
    journal.start()
    try:
        server.run(sockets=[listener])
    finally:
        worker.stop()
        journal.stop()


def _single_sign_on(deployment: Deployment) -> SingleSignOn | None:
    settings = deployment.settings.single_sign_on
    if settings is None:
        return None
    return SingleSignOn(
        issuer=settings.issuer,
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        claim=settings.claim,
        own_address=settings.own_address,
        label=settings.label,
        fetch=BoundedFetch(HttpFetch(settings.certificates), deployment.clock),
        clock=deployment.clock,
        keyed_hash=deployment.store.keyed_hash,
    )
