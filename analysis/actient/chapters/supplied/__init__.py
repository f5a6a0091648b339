"""One's own survey beside the poster, in every chapter that can show it."""
