"""Foreign shapes of texts: files, folders, archives, HTML, Markdown, tables of details."""
