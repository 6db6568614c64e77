package dev.slipway.agent.command;

import java.util.ArrayList;
import java.util.List;

/** Splits a command line into words without a shell: blanks part, quotes join, nothing expands. */
final class CommandWords {
  private static final String SHELL_MARKS = ";|&<>$`\n";

  private CommandWords() {}

  static List<String> split(String command) throws CommandFailure {
    if (command.chars().anyMatch(c -> SHELL_MARKS.indexOf(c) >= 0 || c == 0)) {
      throw new CommandFailure("a hook command may not hold ; | & < > $ or a backtick");
    }
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean within = false;
    char quote = 0;
    for (char c : command.toCharArray()) {
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        within = true;
      } else if (Character.isWhitespace(c)) {
        if (within) {
          words.add(word.toString());
          word.setLength(0);
          within = false;
        }
      } else {
        word.append(c);
        within = true;
      }
    }
    if (quote != 0) {
      throw new CommandFailure("a hook command has an open quote");
    }
    if (within) {
      words.add(word.toString());
    }
    if (words.isEmpty()) {
      throw new CommandFailure("a hook command is empty");
    }
    return List.copyOf(words);
  }
}
