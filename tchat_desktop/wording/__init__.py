"""The words of the screens, without Qt: the languages, and the sentences for facts."""
