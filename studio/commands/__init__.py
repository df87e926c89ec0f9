"""The commands of ``kim-studio``, one module each; ``studio.cli`` only parses their arguments."""
