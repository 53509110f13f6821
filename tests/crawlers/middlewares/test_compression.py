import gzip
import time

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler

from crawlers.middlewares.compression import Compression
from crawlers.middlewares.named_problem import NamedProblem
from domain.media.crawl import FetchProblem


def unpacked(body: bytes) -> Response:
    """The answer with that body, as the spider gets it."""
    address = "http://a.invalid/"
    packed = HtmlResponse(address, body=body, headers={"Content-Encoding": "gzip"})
    found = Compression(crawler=get_crawler()).process_response(Request(address), packed)
    assert isinstance(found, Response)
    return found


def test_a_stream_of_some_parts_is_one_page():
    assert unpacked(gzip.compress("枣".encode()) * 100).text == "枣" * 100


def test_a_stream_of_countless_parts_is_refused_at_once():
    started = time.process_time()

    with pytest.raises(NamedProblem, match="超过100段") as refused:
        unpacked(gzip.compress(b"") * 80_000)

    assert refused.value.problem is FetchProblem.COMPRESSION_BOMB
    assert time.process_time() - started < 1
