/** One line of what someone wrote, without the marks of its form: for lists, quotes and what is read out. */
export function toPlainText(text: string, maxLength = 160): string {
  return (
    text
      // Longer texts are not read to the end only to be cut.
      .slice(0, maxLength * 4)
      .replaceAll(/```[^\n`]*/g, " ")
      .replaceAll(/^[ \t]*(?:>+|[-*+]|\d+\.)[ \t]+/gm, "")
      .replaceAll(/(\*\*|~~|`)(?=\S)([^\n]*?\S)\1/g, "$2")
      .replaceAll(/(?<![\p{L}\d])([*_])(?=\S)([^\n]*?\S)\1(?![\p{L}\d])/gu, "$2")
      .replaceAll(/\[([^\]\n]+)\]\((?:https?:|mailto:)[^)\s]*\)/g, "$1")
      .replaceAll(/\s+/g, " ")
      .trim()
      .slice(0, maxLength)
  );
}
