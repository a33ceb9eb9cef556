"""The ``openai`` engine: a model that another server runs and offers over OpenAI's API."""
