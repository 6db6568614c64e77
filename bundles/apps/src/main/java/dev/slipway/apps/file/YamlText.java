package dev.slipway.apps.file;

import dev.slipway.api.CommonError;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;

/**
 * Reads what of YAML is JSON with comments, and nothing else. The tree is built from the parser's
 * events, so no type of a text's choice is ever made, and what could grow (aliases) is refused.
 */
final class YamlText {
  private static final int DEEPEST = 16;
  private static final Pattern INTEGER = Pattern.compile("-?(?:0|[1-9][0-9]{0,17})");
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]{0,17})(?:\\.[0-9]{1,18})?(?:[eE][-+]?[0-9]{1,3})?");

  private final Iterator<Event> events;
  private final Map<String, Integer> lines = new HashMap<>();

  private YamlText(String text) {
    events = new Yaml(new LoaderOptions()).parse(new StringReader(text)).iterator();
  }

  /** A file; refuses with 400 what is none. */
  static AppFile read(byte[] bytes) {
    try {
      var reader = new YamlText(decoded(bytes));
      return new AppFile(reader.document(), reader.lines);
    } catch (MarkedYAMLException failure) {
      throw malformed("not valid YAML, " + failure.getProblem(), failure.getProblemMark());
    } catch (YAMLException failure) {
      throw CommonError.MALFORMED.of("not valid YAML");
    }
  }

  /** Content as text that {@link #read} understands as the same. */
  static String write(Map<String, @Nullable Object> content) {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setIndicatorIndent(2);
    options.setIndentWithIndicator(true);
    options.setSplitLines(false);
    options.setNonPrintableStyle(DumperOptions.NonPrintableStyle.ESCAPE);
    return new Yaml(options).dump(content);
  }

  private static String decoded(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException failure) {
      throw CommonError.MALFORMED.of("not UTF-8");
    }
  }

  private Map<String, @Nullable Object> document() {
    events.next();
    if (!(events.next() instanceof DocumentStartEvent)) {
      throw CommonError.MALFORMED.of("it is empty");
    }
    var first = events.next();
    if (!(first instanceof MappingStartEvent start)) {
      throw malformed("it must be a mapping", first.getStartMark());
    }
    var content = mapping(start, "", 1);
    events.next();
    var next = events.next();
    if (!(next instanceof StreamEndEvent)) {
      throw malformed("it must be one document", next.getStartMark());
    }
    return content;
  }

  private @Nullable Object value(Event event, String path, int depth) {
    if (depth > DEEPEST) {
      throw malformed("it is nested too deeply", event.getStartMark());
    }
    return switch (event) {
      case AliasEvent alias -> throw malformed("aliases are not taken", alias.getStartMark());
      case ScalarEvent scalar -> scalar(scalar);
      case MappingStartEvent start -> mapping(start, path, depth);
      default -> sequence((CollectionStartEvent) event, path, depth);
    };
  }

  private Map<String, @Nullable Object> mapping(MappingStartEvent start, String path, int depth) {
    checkPlain(start, start.getTag());
    var members = new LinkedHashMap<String, @Nullable Object>();
    var seen = new HashMap<String, Integer>();
    for (var event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
      var key = key(event);
      var line = event.getStartMark().getLine() + 1;
      if (seen.put(key, line) != null) {
        throw malformed("a key that is there already", event.getStartMark());
      }
      var at = path.isEmpty() ? key : path + "." + key;
      lines.put(at, line);
      var value = value(events.next(), at, depth + 1);
      if (value != null) {
        members.put(key, value);
      }
    }
    return members;
  }

  private static String key(Event event) {
    if (!(event instanceof ScalarEvent scalar)) {
      throw malformed("a key must be text", event.getStartMark());
    }
    checkPlain(scalar, scalar.getTag());
    return scalar.getValue();
  }

  private List<@Nullable Object> sequence(CollectionStartEvent start, String path, int depth) {
    checkPlain(start, start.getTag());
    var items = new ArrayList<@Nullable Object>();
    for (var event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) {
      var at = path + "." + items.size();
      lines.put(at, event.getStartMark().getLine() + 1);
      items.add(value(event, at, depth + 1));
    }
    return items;
  }

  /** Only what JSON writes the same way is not text: {@code no} and {@code 1_000} are. */
  private static @Nullable Object scalar(ScalarEvent scalar) {
    checkPlain(scalar, scalar.getTag());
    var text = scalar.getValue();
    if (scalar.getScalarStyle() != DumperOptions.ScalarStyle.PLAIN) {
      return text;
    }
    return switch (text) {
      case "", "~", "null" -> null;
      case "true" -> true;
      case "false" -> false;
      default -> number(text);
    };
  }

  private static Object number(String text) {
    if (INTEGER.matcher(text).matches()) {
      var number = Long.parseLong(text);
      return number == (int) number ? (Object) (int) number : (Object) number;
    }
    if (NUMBER.matcher(text).matches()) {
      var number = Double.parseDouble(text);
      return Double.isFinite(number) ? (Object) number : text;
    }
    return text;
  }

  private static void checkPlain(NodeEvent event, @Nullable String tag) {
    if (tag != null) {
      throw malformed("tags are not taken", event.getStartMark());
    }
    if (event.getAnchor() != null) {
      throw malformed("anchors are not taken", event.getStartMark());
    }
  }

  private static RuntimeException malformed(String what, Mark at) {
    return CommonError.MALFORMED.of(
        what + ", at line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1));
  }
}
