"""Plan (story x outlets to tasks), run, queue, manifest."""
