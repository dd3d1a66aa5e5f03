let patches = [];

export function initialize(data) {
  patches = data;
}

export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context);
  let source = null;
  for (const { file, passage, instead } of patches) {
    if (!url.split("?")[0].endsWith(file)) continue;
    source ??= String(loaded.source);
    if (!source.includes(passage))
      throw new Error(`${file} no longer has the passage that is to be broken: ${passage}`);
    source = source.replace(passage, () => instead);
  }
  return source === null ? loaded : { ...loaded, source };
}
