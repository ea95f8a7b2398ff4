"""The compiler: from the syntax of some files to one program, or to complaints about them."""
