import { Ban, Pin } from "lucide-react";
import { Menu, MenuItem, MenuStrip, MenuStripItem } from "../../components/menu.tsx";
import type { Anchor } from "../../components/menu.tsx";

const nothing = () => {};

export function GalleryMenu({ anchor, onClose }: { anchor: Anchor; onClose: () => void }) {
  return (
    <Menu label="Menu" anchor={anchor} onClose={onClose}>
      <MenuStrip label="Strip">
        <MenuStripItem label="Strip item" onSelect={nothing}>
          👍
        </MenuStripItem>
        <MenuStripItem label="Chosen strip item" chosen onSelect={nothing}>
          😂
        </MenuStripItem>
      </MenuStrip>
      <MenuItem icon={<Pin aria-hidden="true" />} onSelect={nothing}>
        An item
      </MenuItem>
      <MenuItem icon={<Pin aria-hidden="true" />} onSelect={nothing}>
        One with as many words as another language may need
      </MenuItem>
      <MenuItem icon={<Ban aria-hidden="true" />} danger onSelect={nothing}>
        A grave one
      </MenuItem>
    </Menu>
  );
}
