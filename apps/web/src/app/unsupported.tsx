import { Sheet } from "../components/sheet.tsx";
import type { Requirement } from "../lib/requirements.ts";
import styles from "./unsupported.module.css";

/** Why this page can't run Sotto, and what to do about it. */
export function Unsupported({ missing }: { missing: Requirement }) {
  if (missing === "browser") {
    return (
      <Sheet title="This browser is too old">
        <p>
          Sotto needs Web Workers, Web Locks and IndexedDB. Current versions of Firefox, Chrome, Edge and
          Safari have them. A private window may not: try an ordinary one.
        </p>
      </Sheet>
    );
  }
  return (
    <Sheet title="This address is not secure">
      <p>
        You opened Sotto at <strong>{location.origin}</strong>. Browsers give pages the means to encrypt only
        over HTTPS, or on this same machine at <strong>http://localhost</strong>. Nothing has been sent.
      </p>
      <p>
        If you run this server, put a reverse proxy with a certificate in front. With Caddy it takes three
        lines:
      </p>
      <pre className={styles["code"]}>{"chat.example.org {\n  reverse_proxy 127.0.0.1:3000\n}"}</pre>
      <p>
        Then start Sotto with <code className={styles["name"]}>PUBLIC_ORIGIN=https://chat.example.org</code>{" "}
        and <code className={styles["name"]}>TRUST_PROXY=1</code>.
      </p>
    </Sheet>
  );
}
