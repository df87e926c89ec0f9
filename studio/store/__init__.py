"""Workspace, story files, atomic writes, history, search index, migrations, packages."""
