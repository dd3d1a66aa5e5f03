/** A key as IndexedDB keeps it: under one of WebCrypto's that cannot be read out. */
export type WrappedKey = { wrappingKey: CryptoKey; iv: Uint8Array<ArrayBuffer>; wrapped: ArrayBuffer };

export async function wrapKey(storageKey: Uint8Array): Promise<WrappedKey> {
  const wrappingKey = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const wrapped = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv },
    wrappingKey,
    new Uint8Array(storageKey),
  );
  return { wrappingKey, iv, wrapped };
}

export async function unwrapKey({ wrappingKey, iv, wrapped }: WrappedKey): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, wrappingKey, wrapped));
}
