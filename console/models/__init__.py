"""Qt item models that show rows to views."""
