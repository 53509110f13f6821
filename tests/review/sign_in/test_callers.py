"""Where tries to sign in are counted: nobody gets more of them by choosing another address."""

import pytest

from review.sign_in.callers import Caller


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("未知地址", "未知地址"),
    ],
)
def test_addresses_that_one_subscriber_chooses_from_count_together(address: str, network: str):
    assert Caller(address, "").network == network
