"""The command line: one file per command, each thin, each imported only when it is used."""
