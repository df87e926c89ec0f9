"""What may leave the workspace: the gate, and findings in words."""
