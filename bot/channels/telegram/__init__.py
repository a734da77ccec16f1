"""The Telegram channel: everything that is Telegram's own, and nothing of how answers are found."""
