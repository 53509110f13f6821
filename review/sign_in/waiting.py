"""What a person is told who was not let in."""

from datetime import timedelta

from review.sign_in.entrance import Answer

_MINUTE = timedelta(minutes=1)


def refusal(answer: Answer, wrong: str) -> tuple[int, str]:
    """Status and sentence: `wrong` (401), or how long to wait (429)."""
    if not answer.wait:
        return 401, wrong
    minutes = -(-answer.wait // _MINUTE)
    return 429, f"输错的次数太多, 请{minutes}分钟后再试, 或用以前登录过的手机、电脑; 急用请找系统管理员解锁"
