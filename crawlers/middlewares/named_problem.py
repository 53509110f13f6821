"""How a middleware says which class of problem a request ended with."""

from scrapy.exceptions import IgnoreRequest

from domain.media.crawl import FetchProblem


class NamedProblem(IgnoreRequest):
    """The request is dropped, and its errback is told why."""

    def __init__(self, problem: FetchProblem, detail: str = "") -> None:
        """Keep the class, and for people what more there is to say."""
        super().__init__(detail or problem.label)
        self.problem = problem
