"""How hard the property tests try: quick on every run, `HYPOTHESIS_PROFILE=thorough` before a release."""

import os

from hypothesis import HealthCheck, settings

# The same examples every time, so that a red run is never luck; no deadline, so that a busy machine is no fault.
settings.register_profile(
    "quick", max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "thorough", max_examples=2_000, deadline=None, derandomize=False, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
