"""Questions about tiers over time: what triggers, `keep while` and reviews do with an account, and whether they ever come to rest."""
