import os

from hypothesis import HealthCheck, settings

_UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("ci", max_examples=150, derandomize=True, database=None, **_UNHURRIED)
settings.register_profile("fuzz", max_examples=2_000, print_blob=True, **_UNHURRIED)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
