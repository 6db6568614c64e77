package dev.slipway.scriptworker.graal;

import dev.slipway.scriptworker.wire.Limit;
import dev.slipway.scriptworker.wire.Message.Fault;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;

/** What the engine throws, in the words of whoever wrote the script. */
final class Faults {
  static final Fault NO_EXPORT =
      new Fault("The script must export a default function: export default …", 1, 1, null);
  static final Fault NEVER_SETTLED =
      new Fault("The promise that the script returned is never settled.", 0, 0, null);

  private static final int LONGEST = 2000;
  private static final int MOST_FRAMES = 20;

  /** {@code 3:8 Expected …} behind the file's name: columns from 0. */
  private static final String SYNTAX = ":(\\d+):(\\d+) (.+)$";

  private static final Pattern PLACE = Pattern.compile("\\(?[^\\s():]+:(\\d+):(\\d+)\\)?$");
  private static final String INTERNAL = "slipway:";

  private Faults() {}

  /** The limit that the engine itself has ended a script at; null where there was none. */
  static @Nullable Limit limit(PolyglotException failure) {
    if (!failure.isResourceExhausted() && !failure.isCancelled()) {
      return null;
    }
    var text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("frame") || text.contains("stack")) {
      return Limit.STACK;
    }
    if (text.contains("cpu time")) {
      return Limit.CPU;
    }
    return text.contains("output") ? Limit.OUTPUT : Limit.MEMORY;
  }

  static Fault limitWhileLoading(Limit limit) {
    return new Fault(
        "Loading the script passes the limit of "
            + limit.name().toLowerCase(Locale.ROOT)
            + ": what stands outside of functions runs each time.",
        1,
        1,
        null);
  }

  /** All that is wrong with the source of a file. */
  static List<Fault> allOf(PolyglotException failure, String file) {
    var faults =
        failure.isSyntaxError()
            ? syntax(String.valueOf(failure.getMessage()), file)
            : List.<Fault>of();
    return faults.isEmpty() ? List.of(of(failure)) : faults;
  }

  /** Several may stand in one message, each with lines of the source that say anything. */
  static List<Fault> syntax(String message, String file) {
    var place = Pattern.compile("(?m)^(?:SyntaxError: )?" + Pattern.quote(file) + SYNTAX);
    return place
        .matcher(message)
        .results()
        .map(
            found ->
                new Fault(
                    cut(found.group(3)), number(found.group(1)), number(found.group(2)) + 1, null))
        .toList();
  }

  /** What was thrown out of the script. */
  static Fault of(PolyglotException failure) {
    if (!failure.isGuestException()) {
      return new Fault("The script could not be run.", 0, 0, null);
    }
    var place = failure.getSourceLocation();
    if (place == null || place.getSource().isInternal()) {
      place =
          StreamSupport.stream(failure.getPolyglotStackTrace().spliterator(), false)
              .filter(PolyglotException.StackFrame::isGuestFrame)
              .map(PolyglotException.StackFrame::getSourceLocation)
              .filter(at -> at != null && !at.getSource().isInternal())
              .findFirst()
              .orElse(null);
    }
    return new Fault(
        cut(String.valueOf(failure.getMessage())),
        place == null ? 0 : place.getStartLine(),
        place == null ? 0 : place.getStartColumn(),
        stack(failure));
  }

  private static @Nullable String stack(PolyglotException failure) {
    var frames =
        StreamSupport.stream(failure.getPolyglotStackTrace().spliterator(), false)
            .filter(PolyglotException.StackFrame::isGuestFrame)
            .filter(frame -> frame.getSourceLocation() != null)
            .filter(frame -> !frame.getSourceLocation().getSource().isInternal())
            .limit(MOST_FRAMES)
            .map(Faults::shown)
            .collect(Collectors.joining("\n"));
    return frames.isEmpty() ? null : frames;
  }

  private static String shown(PolyglotException.StackFrame frame) {
    var at = frame.getSourceLocation();
    return "at %s (%s:%d:%d)"
        .formatted(
            cut(frame.getRootName()),
            at.getSource().getName(),
            at.getStartLine(),
            at.getStartColumn());
  }

  /** What the script threw, as it says itself. */
  static Fault of(String message, String stack) {
    var frames =
        stack
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("at ") && !line.contains(INTERNAL))
            .filter(line -> PLACE.matcher(line).find())
            .limit(MOST_FRAMES)
            .map(Faults::cut)
            .toList();
    var place = frames.isEmpty() ? null : PLACE.matcher(frames.getFirst());
    var known = place != null && place.find();
    return new Fault(
        cut(message),
        known ? number(place.group(1)) : 0,
        known ? number(place.group(2)) : 0,
        frames.isEmpty() ? null : String.join("\n", frames));
  }

  /** A stack, or a line of the source, is text that the script can make up. */
  private static int number(String digits) {
    return digits.length() > 7 ? 0 : Integer.parseInt(digits);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "\u2026";
  }
}
