"""What to label next."""

import numpy as np

from nlp.training.choose_texts import choose_texts


class _Model:
    """Says of every text what stands in front of it."""

    thresholds = np.array([0.5, 0.5], dtype=np.float32)

    def probabilities(self, contents):
        return np.array([[float(text[:4]), 0.01] for text in contents], dtype=np.float32)


_MATTERS = (
    "房屋漏雨墙体开裂无人维修",
    "拖欠工资讨要多次没有结果",
    "老人生病住院无钱支付药费",
    "自来水停了半个月没人管",
)


def _texts(probabilities):
    return [f"{value:.2f}{_MATTERS[number]}" for number, value in enumerate(probabilities)]


def test_uncertain_texts_come_before_certain_ones():
    contents = _texts([0.01, 0.99, 0.51, 0.02])
    assert choose_texts(_Model(), contents, [], count=2)[0] == 2


def test_no_text_is_chosen_twice_nor_one_that_is_labelled_already():
    contents = _texts([0.5, 0.4, 0.6, 0.3])
    contents.append(contents[0])
    chosen = choose_texts(_Model(), contents, [contents[1]], count=5)
    assert len(chosen) == len(set(chosen))
    assert 1 not in chosen
    assert not {0, 4} <= set(chosen)
