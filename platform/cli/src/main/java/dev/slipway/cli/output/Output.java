package dev.slipway.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Results go to stdout, either for people or as JSON; everything else goes to stderr, so that a
 * script reads clean JSON and still shows a person what happens.
 */
public final class Output {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> GOOD =
      Set.of("live", "running", "online", "active", "succeeded");
  private static final Set<String> BAD =
      Set.of("failed", "offline", "quarantined", "rejected", "incompatible", "degraded");

  private final Terminal terminal;
  private final boolean json;

  public Output(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.json = json;
  }

  public boolean isJson() {
    return json;
  }

  /** A list: its JSON array, or its table; an empty table is said on stderr. */
  public void list(JsonNode array, String noun, Supplier<Table> table) {
    if (json) {
      stdout(pretty(array));
      return;
    }
    var rows = table.get();
    if (rows.isEmpty()) {
      note("no " + noun);
    } else {
      rows.lines().forEach(this::stdout);
    }
  }

  /** One object. */
  public void show(JsonNode object, Supplier<Table> table) {
    if (json) {
      stdout(pretty(object));
    } else {
      table.get().lines().forEach(this::stdout);
    }
  }

  /** The result of a change: the object as JSON, or one sentence. */
  public void done(JsonNode object, String sentence) {
    if (json) {
      stdout(pretty(object));
    } else {
      stdout(SafeText.line(sentence));
    }
  }

  /** A text of several lines, as JSON one string. */
  public void text(String text) {
    if (json) {
      stdout(JSON.getNodeFactory().textNode(text).toString());
    } else {
      text.lines().forEach(line -> stdout(SafeText.line(line)));
    }
  }

  /** What comes, of two states that are compared. */
  public void added(String text) {
    stdout(paint("+ " + SafeText.line(text), "32"));
  }

  /** What goes. */
  public void removed(String text) {
    stdout(paint("- " + SafeText.line(text), "31"));
  }

  /** What becomes another. */
  public void changed(String text) {
    stdout(paint("~ " + SafeText.line(text), "33"));
  }

  /** One line of a stream of JSON values. */
  public void jsonLine(JsonNode value) {
    stdout(value.toString());
  }

  /** A line of an application's log. */
  public void logLine(String text) {
    stdout(terminal.colour() ? SafeText.coloured(text) : SafeText.line(text));
  }

  public void note(String text) {
    terminal.err().println(SafeText.line(text));
  }

  /** A note that shows a log line as its source wrote it. */
  public void noteLog(String text) {
    terminal.err().println(terminal.colour() ? SafeText.coloured(text) : SafeText.line(text));
  }

  public void warn(String text) {
    note("warning: " + text);
  }

  public void error(String text, List<String> details) {
    terminal.err().println(paint("error:", "31") + " " + SafeText.line(text));
    details.forEach(detail -> terminal.err().println("  " + SafeText.line(detail)));
  }

  /** A status word in the colour of what it means. */
  public String status(String status) {
    var word = SafeText.line(status);
    if (GOOD.contains(word)) {
      return paint(word, "32");
    }
    return BAD.contains(word) ? paint(word, "31") : word;
  }

  /** True once the reader of stdout has gone: a stream need not be followed any longer. */
  public boolean readerGone() {
    return terminal.out().checkError();
  }

  private String paint(String text, String colour) {
    return terminal.colour() ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }

  private void stdout(String line) {
    terminal.out().print(line + "\n");
    terminal.out().flush();
  }

  private static String pretty(JsonNode value) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }
}
