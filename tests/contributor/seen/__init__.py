"""What is looked at in the copy of the project, once something was added there."""
