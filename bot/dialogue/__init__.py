"""Rasa's side: importer, policy, NLG, tracker store, lock store and the agent in this process."""
