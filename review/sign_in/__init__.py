"""Ways in: passwords, second factors, sessions, the county's single sign-on."""
