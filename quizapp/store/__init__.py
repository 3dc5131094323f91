"""Tables and one module of functions per noun; knows sessions, never requests or pages."""
