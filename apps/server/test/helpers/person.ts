import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";
import type { SessionGrant, WireUser } from "@sotto/protocol";
import type { Api, CookieJar } from "./api.ts";
import { createHttpApi } from "./api.ts";
import { beginLogin, beginRegistration } from "./opaque-client.ts";

export type Person = {
  user: WireUser;
  password: string;
  recoveryProof: string;
  sessionId: string;
  accessToken: string;
  jar: CookieJar;
  api: Api;
};

export const slot = (text: string) => Buffer.from(text).toString("base64");

/** 32 bytes, base64: a sound X25519 key whose secret nobody keeps. */
function randomPublicKey(): string {
  const { x = "" } = generateKeyPairSync("x25519").publicKey.export({ format: "jwk" });
  return Buffer.from(x, "base64url").toString("base64");
}

type Changes = Partial<Parameters<Api["auth"]["registerFinish"]["mutate"]>[0]>;

/** Everything real but the vault slots, which no server can read anyway. */
export async function signUp(url: string, username: string, changes: Changes = {}): Promise<Person> {
  const jar: CookieJar = { cookie: null };
  const api = createHttpApi(url, jar);
  const password = `password of ${username}`;
  const recoveryProof = randomBytes(32);
  const { inviteCode } = changes;
  const invitation = inviteCode === undefined ? {} : { inviteCode };
  const registration = await beginRegistration(password);
  const { registrationResponse } = await api.auth.registerStart.mutate({
    username,
    registrationRequest: registration.registrationRequest,
    ...invitation,
  });
  const grant = await api.auth.registerFinish.mutate({
    username,
    registrationRecord: registration.finish(registrationResponse),
    publicKey: randomPublicKey(),
    passwordSlot: slot(`password slot of ${username}`),
    recoverySlot: slot(`recovery slot of ${username}`),
    recoveryProofHash: createHash("sha256").update(recoveryProof).digest("base64"),
    device: "test",
    ...changes,
  });
  return personOf(url, grant, jar, password, recoveryProof.toString("base64"));
}

export async function signIn(url: string, username: string, password: string): Promise<Person> {
  const jar: CookieJar = { cookie: null };
  const api = createHttpApi(url, jar);
  const login = await beginLogin(password);
  const { challengeId, loginResponse } = await api.auth.loginStart.mutate({
    username,
    startLoginRequest: login.startLoginRequest,
  });
  // A client that saw a wrong password would stop here; the server must refuse one that goes on.
  const finishLoginRequest = login.finish(loginResponse) ?? randomBytes(64).toString("base64url");
  const grant = await api.auth.loginFinish.mutate({ challengeId, finishLoginRequest, device: "another" });
  return personOf(url, grant, jar, password, "");
}

function personOf(
  url: string,
  grant: SessionGrant,
  jar: CookieJar,
  password: string,
  recoveryProof: string,
): Person {
  const person: Person = {
    user: grant.user,
    password,
    recoveryProof,
    sessionId: grant.sessionId,
    accessToken: grant.accessToken,
    jar,
    api: createHttpApi(url, jar, () => person.accessToken),
  };
  return person;
}
