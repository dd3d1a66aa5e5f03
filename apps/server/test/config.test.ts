import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigError, parseConfig } from "../src/config.ts";

function mistakesOf(env: Record<string, string>): readonly string[] {
  try {
    parseConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
}

describe("the configuration", () => {
  it("has a default for everything", () => {
    expect(parseConfig({})).toEqual({
      host: "127.0.0.1",
      port: 3000,
      dataDir: resolve("data"),
      databaseUrl: null,
      nats: null,
      jwtSecret: null,
      opaqueServerSetup: null,
      publicOrigins: null,
      trustProxy: 0,
      registration: "open",
      inviteCode: null,
      rateLimits: true,
      metricsToken: null,
      logLevel: "info",
    });
  });

  it("takes a variable that is set to nothing for absent", () => {
    expect(parseConfig({ PORT: "", DATABASE_URL: " " })).toEqual(parseConfig({}));
  });

  it("reads what is given", () => {
    const config = parseConfig({
      HOST: "[::1]",
      PORT: "0",
      DATABASE_URL: "postgresql://u:p@db/sotto",
      PUBLIC_ORIGIN: "https://chat.example.org, https://www.example.org/",
      TRUST_PROXY: "2",
      REGISTRATION: "invite",
      INVITE_CODE: "open sesame",
      RATE_LIMITS: "off",
      LOG_LEVEL: "debug",
    });
    expect(config).toMatchObject({
      host: "::1",
      port: 0,
      databaseUrl: "postgresql://u:p@db/sotto",
      publicOrigins: ["https://chat.example.org", "https://www.example.org"],
      trustProxy: 2,
      registration: "invite",
      inviteCode: "open sesame",
      rateLimits: false,
      logLevel: "debug",
    });
  });

  it("lists every mistake at once, by name", () => {
    const mistakes = mistakesOf({
      PORT: "70000",
      DATABASE_URL: "mysql://db",
      JWT_SECRET: "short",
      PUBLIC_ORIGIN: "chat.example.org",
      TRUST_PROXY: "-1",
      REGISTRATION: "maybe",
      RATE_LIMITS: "no",
      LOG_LEVEL: "loud",
    });
    expect(mistakes.map((mistake) => mistake.split(" ", 1)[0])).toEqual([
      "PORT",
      "DATABASE_URL",
      "JWT_SECRET",
      "PUBLIC_ORIGIN",
      "TRUST_PROXY",
      "REGISTRATION",
      "RATE_LIMITS",
      "LOG_LEVEL",
    ]);
  });

  it("never repeats a secret", () => {
    const mistakes = mistakesOf({
      JWT_SECRET: "s3cr3t",
      DATABASE_URL: "http://u:s3cr3t@db",
      METRICS_TOKEN: "s3cr3t",
    });
    expect(mistakes).toHaveLength(3);
    expect(mistakes.join()).not.toContain("s3cr3t");
  });

  it.each(["http://chat.example.org", "http://192.168.1.5:3000"])(
    "refuses %s: browsers can't encrypt there",
    (origin) => {
      expect(mistakesOf({ PUBLIC_ORIGIN: origin })).toEqual([expect.stringContaining("https://")]);
    },
  );

  it.each(["http://localhost:5173", "http://127.0.0.1:8080", "http://[::1]:3000", "http://sotto.localhost"])(
    "accepts %s",
    (origin) => {
      expect(parseConfig({ PUBLIC_ORIGIN: origin }).publicOrigins).toEqual([origin]);
    },
  );

  it("refuses origins of both schemes together", () => {
    expect(mistakesOf({ PUBLIC_ORIGIN: "https://a.example,http://localhost:3000" })).toHaveLength(1);
  });

  it("wants an invite code exactly when people are invited", () => {
    expect(mistakesOf({ REGISTRATION: "invite" })).toEqual([expect.stringContaining("INVITE_CODE must")]);
    expect(mistakesOf({ INVITE_CODE: "x" })).toEqual([expect.stringContaining("INVITE_CODE has no effect")]);
  });

  describe("of several nodes", () => {
    const shared = {
      DATABASE_URL: "postgres://db/sotto",
      JWT_SECRET: "x".repeat(32),
      OPAQUE_SERVER_SETUP: "y",
    };
    const natsOf = (NATS_URL: string) => parseConfig({ ...shared, NATS_URL }).nats;

    it("asks for what all of them share", () => {
      expect(mistakesOf({ NATS_URL: "nats://localhost" })).toEqual([
        expect.stringContaining("DATABASE_URL must be given with NATS_URL"),
        expect.stringContaining("JWT_SECRET must be given with NATS_URL"),
        expect.stringContaining("OPAQUE_SERVER_SETUP must be given with NATS_URL"),
      ]);
      expect(mistakesOf({ ...shared, NATS_URL: "nats://localhost" })).toEqual([]);
    });

    it("names the servers of NATS, and what they ask for", () => {
      expect(natsOf("nats://localhost")).toEqual({ servers: ["localhost"] });
      expect(natsOf("nats://sotto:p%40ss@a:4222, nats://b:4223/")).toEqual({
        servers: ["a:4222", "b:4223"],
        user: "sotto",
        pass: "p@ss",
      });
      expect(natsOf("tls://t0ken@[::1]:4222")).toEqual({ servers: ["[::1]:4222"], token: "t0ken", tls: {} });
    });

    it.each([
      "localhost:4222",
      "http://localhost",
      "nats://",
      "nats://s3cr3t@a,",
      "nats://a/s3cr3t",
      "nats://u:s3cr3t@a,tls://b",
      "nats://%s3cr3t@a",
    ])("refuses %s as NATS_URL, and keeps what may be a secret to itself", (NATS_URL) => {
      const mistakes = mistakesOf({ ...shared, NATS_URL });
      expect(mistakes).toEqual([expect.stringMatching(/^NATS_URL must /)]);
      expect(mistakes.join()).not.toContain("s3cr3t");
    });
  });
});
