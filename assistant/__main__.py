"""`python -m assistant`."""

from assistant.commands import app

if __name__ == "__main__":
    app(prog_name="python -m assistant")
