import type { Person } from "@sotto/client";
import { Avatar } from "../../components/avatar.tsx";
import { useTranslate } from "../../lib/i18n.ts";
import styles from "./people.module.css";

type Props = {
  id: string;
  people: Person[];
  activeId: string | undefined;
  onPoint: (position: number) => void;
  onChoose: (person: Person) => void;
};

/** A list box that belongs to a text box: focus stays there, which option is active is said by its id. */
export function PeopleList({ id, people, activeId, onPoint, onChoose }: Props) {
  const t = useTranslate();
  return (
    <div
      id={id}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select holds no avatars, and takes the focus
      role="listbox"
      aria-label={t("people.people")}
      className={styles["list"]}
    >
      {people.map((person, position) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the text box has the keys
        <div
          key={person.id}
          id={`${id}-${person.id}`}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as above
          role="option"
          tabIndex={-1}
          aria-selected={person.id === activeId}
          className={styles["person"]}
          onPointerMove={() => onPoint(position)}
          onClick={() => onChoose(person)}
        >
          <Avatar name={person.username} publicKey={person.publicKey} />
          <span className={`${styles["name"]} own-direction`} dir="auto">
            {person.username}
          </span>
        </div>
      ))}
    </div>
  );
}
