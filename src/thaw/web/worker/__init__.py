"""What pages need beside their words: the service worker, how the door stands, who is here."""
