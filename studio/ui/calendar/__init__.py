"""The calendar: a page of the list of stories, with its side panel and the strip of today."""
