"""What an outlet will show, from the plan and the rendering of the export."""
