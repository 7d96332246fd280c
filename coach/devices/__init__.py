"""Sound, voice and wakefulness: the ports of `coach.app.ports` on real devices; nothing here knows Qt."""
