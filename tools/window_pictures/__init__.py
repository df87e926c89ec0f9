"""The photographer of the window: what ``kim-studio screenshots`` does in a source tree."""
