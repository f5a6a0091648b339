"""What a survey says by itself: from its responses to its estimates."""
