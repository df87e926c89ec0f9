"""What every part of the window works with: open story and workspace, saving, jobs, focus, theme."""
