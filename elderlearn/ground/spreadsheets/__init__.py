"""Tables that come in and go out as files: XLSX, and CSV in UTF-8 or GB18030."""
