import type { Device } from "./cast.ts";

/** What one life of a host process needs; it arrives as its first message. */
export type HostTask = {
  seed: number;
  /** Counts the lives of this host from 0. */
  life: number;
  marker: string;
  password: string;
  skewMs: number;
  devices: {
    device: Device;
    url: string;
    /** Of this life. */
    journalPath: string;
    /** Of its partners, as far as known from earlier lives. */
    conversationIds: string[];
  }[];
};

export type ToHost =
  | { say: "task"; task: HostTask }
  | { say: "talk" }
  /** No more messages; what is on its way goes on. */
  | { say: "hush" }
  | { say: "end-session"; how: "revoke" | "sign-out"; device: string }
  | { say: "skew"; skewMs: number }
  | { say: "status" }
  /** Write down the whole history, close, exit. */
  | { say: "finish" };

export type DeviceStatus = {
  device: string;
  /** Signed in and connected. */
  online: boolean;
  /** Sends without an answer. */
  pending: number;
  /** Sends with one, in this life. */
  acknowledged: number;
  /** Since anything was written into the journal. */
  quietMs: number;
};

export type FromHost =
  | { say: "ready"; conversationIds: Record<string, string[]> }
  | { say: "status"; devices: DeviceStatus[] }
  | { say: "trouble"; device: string; text: string };
