"""A sign-up form with a message for each field."""
