"""Fields and files sealed with the deployment's keys: the keys, the suites of algorithms, and what each is bound to."""
