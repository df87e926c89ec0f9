"""Ways out of the studio: a page on the local network for the phone, and the group's own WordPress."""
