package dev.slipway.scriptworker.graal;

import dev.slipway.scriptworker.wire.Message.Fault;
import org.jspecify.annotations.Nullable;

/**
 * Finds what would load another module. The engine refuses files by itself, but not {@code data:}
 * addresses, which are code from text; and there is nothing else to import from. Words can not be
 * written with escapes, so what is not in the text is not there; what is in a comment or a text is
 * refused too where it looks the same.
 */
final class Imports {
  private static final String MESSAGE =
      "A script is one module: it can not import (nor say so in a comment or text).";

  private final String source;
  private int commentEnd = -1;
  private int lineEnd = -1;

  private Imports(String source) {
    this.source = source;
  }

  /** The first import in a source; null where there is none. */
  static @Nullable Fault find(String source) {
    var imports = new Imports(source);
    var called = imports.find("import", "(.'\"");
    var named = imports.find("from", "'\"");
    var place = called < 0 ? named : named < 0 ? called : Math.min(called, named);
    return place < 0 ? null : imports.fault(place);
  }

  private int find(String word, String followers) {
    commentEnd = -1;
    lineEnd = -1;
    for (var at = source.indexOf(word); at >= 0; at = source.indexOf(word, at + 1)) {
      var next = skip(at + word.length());
      if (!continuesName(at)
          && next < source.length()
          && followers.indexOf(source.charAt(next)) >= 0) {
        return at;
      }
    }
    return -1;
  }

  /** Whether the word belongs to a longer name, or is the name of a member. */
  private boolean continuesName(int at) {
    if (at == 0) {
      return false;
    }
    var before = source.charAt(at - 1);
    // Three dots spread what follows; one makes a member of it.
    return before == '.' ? !source.startsWith("...", at - 3) : partOfName(before);
  }

  /** What is doubtful is no part: then the word is taken for what it may be. */
  private static boolean partOfName(char c) {
    return c == '#'
        || c == '$'
        || c == '\u200c'
        || c == '\u200d'
        || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }

  /** The place behind space and comments. */
  private int skip(int from) {
    var at = from;
    while (at < source.length()) {
      if (source.startsWith("/*", at)) {
        at = endOfComment(at + 2);
      } else if (source.startsWith("//", at)) {
        at = endOfLine(at + 2);
      } else if (space(source.charAt(at))) {
        at++;
      } else {
        return at;
      }
    }
    return at;
  }

  /** Many words may stand before one end, which is looked for once; so with lines. */
  private int endOfComment(int from) {
    if (commentEnd < from) {
      var end = source.indexOf("*/", from);
      commentEnd = end < 0 ? source.length() : end + 2;
    }
    return commentEnd;
  }

  private int endOfLine(int from) {
    if (lineEnd < from) {
      lineEnd = from;
      while (lineEnd < source.length() && "\n\r\u2028\u2029".indexOf(source.charAt(lineEnd)) < 0) {
        lineEnd++;
      }
    }
    return lineEnd;
  }

  private static boolean space(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || "\ufeff\u180e".indexOf(c) >= 0;
  }

  private Fault fault(int place) {
    var before = source.substring(0, place);
    var line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new Fault(MESSAGE, line, place - before.lastIndexOf('\n'), null);
  }
}
