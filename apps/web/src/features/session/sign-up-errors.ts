/** The field that a refused sign-up is about. */
export function findFieldOfError(code: string | null): "username" | "password" | "inviteCode" | "form" {
  switch (code) {
    case "username-taken":
    case "bad-input":
      return "username";
    case "weak-password":
      return "password";
    case "invite-code-wrong":
      return "inviteCode";
    default:
      return "form";
  }
}
