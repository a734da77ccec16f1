"""What a reader says when a file cannot be read."""


class ReaderError(ValueError):
    """One plain Chinese sentence that names the file, says what is wrong and what to do."""
