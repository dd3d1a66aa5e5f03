import { useEffect } from "react";

/** What the tab is called: what is unread, what one looks at, and the app. Screens and the shell each say their part. */
const appName = "Sotto";
let screenName: string | null = null;
let unreadCount = 0;

/** The name of the screen or the person, for as long as it is shown. */
export function useScreenTitle(name: string): void {
  useEffect(() => {
    screenName = name;
    write();
    return () => {
      // The next screen may have said its name already.
      if (screenName === name) screenName = null;
      write();
    };
  }, [name]);
}

export function useUnreadTitle(count: number): void {
  useEffect(() => {
    unreadCount = count;
    write();
    return () => {
      unreadCount = 0;
      write();
    };
  }, [count]);
}

function write(): void {
  const title = screenName === null ? appName : `${screenName} · ${appName}`;
  document.title = unreadCount > 0 ? `(${unreadCount}) ${title}` : title;
}
