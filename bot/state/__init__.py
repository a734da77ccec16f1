"""What the bot itself remembers, in a SQLite file beside the knowledge base: updates, conversations, feedback."""

from bot.state.database import State, open_state

__all__ = ["State", "open_state"]
