"""Words for what is wrong with a file as YAML (Q1)."""

from quizapp.core.messages import N_

Words = dict[str, tuple[str, str, str]]

YAML: Words = {
    "file_too_large": (
        "Q101",
        N_("The file has %(size)s bytes; at most %(limit)s are read"),
        N_("split it into several quizzes"),
    ),
    "not_utf8": (
        "Q102",
        N_("This line is not in UTF-8, but probably in %(encoding)s"),
        N_("save the file with the encoding UTF-8"),
    ),
    "unsafe_character": (
        "Q103",
        N_("A character that cannot be seen (%(character)s) stands here"),
        N_("delete it; it often comes along when text is pasted"),
    ),
    "tab": (
        "Q104",
        N_("The line begins with a tab"),
        N_("indent with spaces; editors can do so for you"),
    ),
    "syntax": (
        "Q105",
        N_("The structure of the file breaks off here (%(detail)s)"),
        N_("compare the indentation with the lines above, and put text in quotes"),
    ),
    "colon_in_text": (
        "Q106",
        N_("A colon followed by a space cannot stand in text without quotes"),
        N_("put the text in quotes, or begin it with >- on a line before"),
    ),
    "odd_start": (
        "Q107",
        N_("Text cannot begin with this character (such as @, ` or %%) without quotes"),
        N_("put the text in quotes"),
    ),
    "quote_not_closed": (
        "Q108",
        N_("A quotation mark opened further up is never closed"),
        N_("add the closing mark, the same as the opening one"),
    ),
    "quote_inside": (
        "Q109",
        N_("The structure of the file breaks off here, perhaps by an apostrophe in '…'"),
        N_('use "…" around text that holds an apostrophe, and check the indentation'),
    ),
    "bracket_not_closed": (
        "Q110",
        N_("A bracket { or [ is not closed where it should be"),
        N_("close it, and put text with commas, brackets or # in quotes"),
    ),
    "alias": (
        "Q111",
        N_("Text that begins with * repeats another value; this is not allowed"),
        N_("put the text in quotes, or write the value out"),
    ),
    "anchor": (
        "Q112",
        N_("Text that begins with & names a value; this is not allowed"),
        N_("put the text in quotes"),
    ),
    "tag": (
        "Q113",
        N_("Text that begins with ! gives a type; this is not allowed"),
        N_("put the text in quotes"),
    ),
    "too_deep": (
        "Q114",
        N_("The lists are nested too deep"),
        N_("compare with an example: a quiz needs six levels"),
    ),
    "too_many_values": (
        "Q115",
        N_("The file holds too many values"),
        N_("split it into several quizzes"),
    ),
    "several_documents": (
        "Q116",
        N_("A line with --- begins a second document"),
        N_("delete the line, or put the rest in a file of its own"),
    ),
    "empty_file": (
        "Q117",
        N_("The file is empty"),
        N_("write a quiz into it, or delete it"),
    ),
    "key_not_text": (
        "Q118",
        N_("The name before the colon is not a single word"),
        N_("write a name such as id, kind or passages"),
    ),
    "repeated_key": (
        "Q119",
        N_("“%(key)s” stands here twice: in line %(first)s and in line %(second)s"),
        N_("delete one of them; only one can count"),
    ),
    "text_cut": (
        "Q120",
        N_("The text ends before “%(rest)s”: # begins a comment"),
        N_("put the whole text in quotes, or the comment on a line of its own"),
    ),
    "unreadable_file": (
        "Q121",
        N_("The file cannot be read (%(detail)s)"),
        N_("check its permissions"),
    ),
    "binary_file": (
        "Q122",
        N_("This is not a text file"),
        N_("save a quiz as plain text in UTF-8, or move the file elsewhere"),
    ),
    "mixed_line_ends": (
        "Q123",
        N_("The lines of the file do not all end in the same way"),
        N_("choose one kind of line ends in your editor, LF if you can"),
    ),
    "outside_folder": (
        "Q124",
        N_("This is a link to a file outside the folder of questions"),
        N_("put a copy of the file here"),
    ),
}
