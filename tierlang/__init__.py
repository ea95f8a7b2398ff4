"""tierlang: account tiers as code. Start reading at `tierlang.pipeline`."""

__version__ = "0.1.0"
