"""The county's places in a text, in every form that people write them."""
