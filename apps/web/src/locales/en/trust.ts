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
  "trust.scan": "Scan with the camera",
  "trust.scanTitle": "Scan the code of {name}",
  "trust.scanHint":
    "Bring the code that {name} sees before the camera, so that all of it is in the frame. No picture leaves this device.",
  "trust.cameraPicture": "What the camera sees",
  "trust.cameraAwaited": "Waiting for the camera. The browser may ask you first.",
  "trust.scanAgain": "Scan again",
  "trust.scanForeign":
    "This code is not a safety number. {name} finds the right one by opening your name above the conversation with you.",
  "trust.scanDifferent":
    "Not the same number. Check that {name} has opened your name, and not that of somebody else. If so, someone may stand between you.",
  "trust.sameAgain": "The same number.",
  "trust.camera.unsupported":
    "This browser gives the page no camera. Paste the number instead, or open Sotto in another browser.",
  "trust.camera.denied":
    "The camera is not allowed for this page. Allow it in the settings of the browser, and for the browser itself in those of the system, then scan again. Or paste the number instead.",
  "trust.camera.missing": "No camera was found. Connect one and scan again, or paste the number instead.",
  "trust.camera.busy":
    "The camera does not answer: something else is using it, most likely. Close that, then scan again. Or paste the number instead.",
  "trust.camera.failed": "The camera has stopped, or did not start. Scan again, or paste the number instead.",
  "trust.camera.left": "The camera went off because you left this page.",
  "trust.camera.unread":
    "What reads the code could not be loaded. Check the connection, then scan again, or paste the number instead.",
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
  "trust.acceptKey": "Accept without comparing",
  "trust.contact": "Contact",
  "trust.blockExplained":
    "Whoever is blocked is not told. What they send while they are blocked never reaches you, not even later.",
  "trust.isBlocked": "You have blocked {name}. What they send now never reaches you, not even later.",
  "trust.unblock": "Unblock {name}",
} as const;
