"""A fictional borough to try everything in, and the chat workspace it talks through."""
