import { Component } from "react";
import type { ReactNode } from "react";
import { Broken } from "./broken.tsx";
import type { BrokenLook } from "./broken.tsx";

type Props = {
  look: BrokenLook;
  /** Takes away what failed, where one can do without it. */
  onClose?: () => void;
  children: ReactNode;
};
type State = { failure: { error: unknown } | null };

/** What fails in here takes nothing else with it, and says so. A new `key` tries again. */
export class Boundary extends Component<Props, State> {
  override state: State = { failure: null };

  static getDerivedStateFromError(error: unknown): State {
    return { failure: { error } };
  }

  override render(): ReactNode {
    const { look, onClose, children } = this.props;
    const { failure } = this.state;
    if (failure === null) return children;
    const close = () => {
      onClose?.();
      this.setState({ failure: null });
    };
    return <Broken error={failure.error} look={look} {...(onClose && { onClose: close })} />;
  }
}
