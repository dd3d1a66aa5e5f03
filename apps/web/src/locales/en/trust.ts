/** A person: safety number, verification, blocking. */
export const trust = {
  "trust.person": "Person",
  "trust.backToConversation": "Back to the conversation",
  "trust.unknown": "This person is not on this device.",
  "trust.knownSince": "In touch since {when}",
  "trust.safetyNumber": "Safety number",
  "trust.explain":
    "If you and {name} see the same number, nobody stands between you, not even the server. Compare it face to face, on the phone, or in another messenger.",
  "trust.qrCode": "The safety number as a QR code, for the camera of the other phone",
  "trust.compare": "The number that {name} sees",
  "trust.compareHint": "Paste it here, and it is compared.",
  "trust.same": "The same number. Now mark {name} as verified.",
  "trust.different":
    "Not the same number. Check that {name} copied the right one. If so, someone may stand between you.",
  "trust.verified": "You have verified {name}. If the key ever changes, nothing is sent until you decide.",
  "trust.unverified": "You have not verified {name} yet.",
  "trust.changed":
    "The key of {name} has changed since you first met. A new phone can be the reason. Compare again.",
  "trust.refused":
    "The key of {name} is not the one that you verified, so nothing is sent. Compare the number again before you decide.",
  "trust.numberChanged":
    "The key of {name} changed while you were looking, and with it this number. What you compared until now does not count.",
  "trust.showNewNumber": "Show the new number",
  "trust.keyChanged": "The key changed meanwhile, so nothing was marked. Compare the new number.",
  "trust.markVerified": "Mark as verified",
  "trust.markNewVerified": "Mark the new key as verified",
  "trust.takeBack": "Take verification back",
  "trust.writeAnyway": "Write without verifying",
  "trust.contact": "Contact",
  "trust.blockExplained":
    "Whoever is blocked is not told. What they send while they are blocked never reaches you, not even later.",
  "trust.isBlocked": "You have blocked {name}. What they send now never reaches you, not even later.",
  "trust.block": "Block {name}",
  "trust.blockReally": "Yes, block {name}",
  "trust.unblock": "Unblock {name}",
} as const;
