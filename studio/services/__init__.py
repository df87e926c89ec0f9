"""What a user does, without Qt: bring in media and drafts, hand out, share."""
