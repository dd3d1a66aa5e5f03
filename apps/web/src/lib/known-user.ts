/**
 * Who is signed in on this browser, in a cookie. When a browser needs room it erases what a site has stored, but not
 * its cookies: a name without a session says that this has happened.
 */
const cookieName = "sotto_name";
const yearSeconds = 31_536_000;

export function rememberUser(username: string): void {
  document.cookie = `${cookieName}=${encodeURIComponent(username)}; path=/; max-age=${yearSeconds}; samesite=strict`;
}

export function forgetUser(): void {
  document.cookie = `${cookieName}=; path=/; max-age=0; samesite=strict`;
}

export function findKnownUser(cookies: string = document.cookie): string | null {
  const pair = cookies.split("; ").find((cookie) => cookie.startsWith(`${cookieName}=`));
  const value = pair?.slice(cookieName.length + 1);
  return value ? decodeURIComponent(value) : null;
}
