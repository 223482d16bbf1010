"""The tickets of the story, with the intents that a person reads out of them."""

from __future__ import annotations

RIGHT_ANSWERS = {
    "My invoice shows a charge that I do not recognise": "billing",
    "I forgot my password and cannot sign in": "account_access",
    "Where is my parcel, it should have arrived on Monday": "delivery",
    "Please cancel my subscription at the end of the month": "cancellation",
    "The app crashes whenever I open the settings page": "technical_problem",
}
"""Not among the texts that the model was trained on. No more than the backlog target per instance: a larger
backlog may wake the endpoint by target tracking too, and only the wake policy is to be seen here."""

UNANSWERABLE = {"text": "   "}
"""A ticket without words: the model raises, as it should."""
