import * as opaque from "@serenity-kit/opaque";

/** The least that Argon2id takes: these tests are about the server, which never sees the stretching. */
const keyStretching = { "argon2id-custom": { iterations: 1, memory: 8, parallelism: 1 } };

export async function beginRegistration(password: string) {
  await opaque.ready;
  const { registrationRequest, clientRegistrationState } = opaque.client.startRegistration({ password });
  return {
    registrationRequest,
    finish(registrationResponse: string): string {
      const params = { password, registrationResponse, clientRegistrationState, keyStretching };
      return opaque.client.finishRegistration(params).registrationRecord;
    },
  };
}

export async function beginLogin(password: string) {
  await opaque.ready;
  const { startLoginRequest, clientLoginState } = opaque.client.startLogin({ password });
  return {
    startLoginRequest,
    /** Null where the client itself sees that the password is wrong. */
    finish(loginResponse: string): string | null {
      const result = opaque.client.finishLogin({ password, loginResponse, clientLoginState, keyStretching });
      return result?.finishLoginRequest ?? null;
    },
  };
}
