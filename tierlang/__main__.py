"""Lets `python -m tierlang` do what the `tierlang` command does."""

from tierlang.cli.main import main

if __name__ == "__main__":
    main()
