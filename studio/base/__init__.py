"""What every layer may use: paths, errors, texts, progress. Standard library and platformdirs only."""
