package dev.slipway.apps.file;

import dev.slipway.api.CommonError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.NonPrintableStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

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
    events = new Parse(LoadSettings.builder().build()).parseString(text).iterator();
  }

  /** A file; refuses with 400 what is none. */
  static AppFile read(byte[] bytes) {
    try {
      var reader = new YamlText(decoded(bytes));
      return new AppFile(reader.document(), reader.lines);
    } catch (MarkedYamlEngineException failure) {
      throw malformed("not valid YAML, " + failure.getProblem(), failure.getProblemMark());
    } catch (YamlEngineException failure) {
      throw CommonError.MALFORMED.of("not valid YAML");
    }
  }

  /** Content as text that {@link #read} understands as the same. */
  static String write(Map<String, @Nullable Object> content) {
    var settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setSplitLines(false)
            .setNonPrintableStyle(NonPrintableStyle.ESCAPE)
            // Puts into quotes what the reader would not take for text.
            .setSchema(new CoreSchema())
            .build();
    return new Dump(settings).dumpToString(content);
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
      var line = line(event);
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
      lines.put(at, line(event));
      items.add(value(event, at, depth + 1));
    }
    return items;
  }

  /** Only what JSON writes the same way is not text: {@code no} and {@code 1_000} are. */
  private static @Nullable Object scalar(ScalarEvent scalar) {
    checkPlain(scalar, scalar.getTag());
    var text = scalar.getValue();
    if (!scalar.isPlain()) {
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

  private static void checkPlain(NodeEvent event, Optional<String> tag) {
    if (tag.isPresent()) {
      throw malformed("tags are not taken", event.getStartMark());
    }
    if (event.getAnchor().isPresent()) {
      throw malformed("anchors are not taken", event.getStartMark());
    }
  }

  private static int line(Event event) {
    return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private static RuntimeException malformed(String what, Optional<Mark> at) {
    var place =
        at.map(mark -> ", at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1));
    return CommonError.MALFORMED.of(what + place.orElse(""));
  }
}
