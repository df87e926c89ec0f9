"""The window itself: its frame, actions and status, and the application around it."""
