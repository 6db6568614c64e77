package dev.slipway.apps.service.runtime;

import dev.slipway.apps.ReleaseHook;
import org.jspecify.annotations.Nullable;

/**
 * What a command may be that is split into words by blanks and quotes, without a shell. What a
 * shell would make something of is refused, so that it means the same to every agent.
 */
final class CommandRule {
  private static final String OF_SHELLS = ";|&<>$`";

  private CommandRule() {}

  /** What is wrong with a command; null where nothing is. */
  static @Nullable String fault(String command) {
    if (command.isBlank()) {
      return "must not be blank";
    }
    if (command.length() > ReleaseHook.MAX_LENGTH) {
      return "must have at most " + ReleaseHook.MAX_LENGTH + " characters";
    }
    if (command.chars().anyMatch(Character::isISOControl)) {
      return "must be one line of text";
    }
    if (command.chars().anyMatch(c -> OF_SHELLS.indexOf(c) >= 0)) {
      return "must have none of " + OF_SHELLS + ": there is no shell; put it into a script";
    }
    return isWords(command) ? null : "must begin with a program, and close its quotes";
  }

  private static boolean isWords(String command) {
    char quote = 0;
    for (var c : command.toCharArray()) {
      if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
    }
    return quote == 0 && !command.stripLeading().matches("(''|\"\")+(\\s.*)?");
  }
}
