"""Starts the web pages on a socket that is bound first, so that the printed address is true."""

import socket

import uvicorn

from commands.terminal import say
from domain.errors import ConfigError
from domain.unreadable import why_unreadable
from pipeline.deployment import Deployment
from pipeline.import_submissions import SubmissionWorker
from review.app import create_app


def serve_pages(deployment: Deployment, *, host: str | None, port: int | None) -> None:
    """Serve until interrupted; prints the address before the first request can come.

    ConfigError when the address cannot be had.
    """
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
    app = create_app(
        deployment.store,
        deployment.clock,
        deployment.policy.departments,
        second_reader=configured,
        reports=deployment,
        reception=deployment.web_reception(imports, worker.wake),
    )
    # Without a configuration of its own the server logs through ours, which leaves values out.
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, log_config=None)
    worker.start()
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        worker.stop()
