package dev.slipway.compose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML as maps, lists and texts. Nothing is ever constructed from a tag; scalars stay as they were
 * written, so that {@code 1.10} is not {@code 1.1}. What aliases expand to is bounded.
 */
final class YamlTree {
  private static final int MOST_ALIASES = 50;
  private static final int MOST_NODES = 20_000;
  private static final int DEEPEST = 30;
  private static final String MERGE = "<<";
  private static final Set<Tag> PLAIN =
      // A text with ${…} has a tag of its own.
      Set.of(
          Tag.STR,
          Tag.INT,
          Tag.FLOAT,
          Tag.BOOL,
          Tag.NULL,
          Tag.MAP,
          Tag.SEQ,
          Tag.MERGE,
          Tag.ENV_TAG);

  private final Findings findings;
  private final Interpolation interpolation;
  private final int mostCharacters;
  private int nodes;

  YamlTree(Findings findings, Interpolation interpolation, int mostCharacters) {
    this.findings = findings;
    this.interpolation = interpolation;
    this.mostCharacters = mostCharacters;
  }

  /** The document, which must be a map; extensions ({@code x-…}) on its top are left out. */
  Map<String, @Nullable Object> read(String text) throws ComposeFault {
    if (text.length() > mostCharacters) {
      throw fault("the file is larger than " + mostCharacters / 1024 + " KiB");
    }
    if (!(document(text) instanceof MappingNode root)) {
      throw fault("the file is not a map with services");
    }
    return map("", root, 0);
  }

  private @Nullable Node document(String text) throws ComposeFault {
    var settings =
        LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setAllowRecursiveKeys(false)
            .setCodePointLimit(mostCharacters)
            .build();
    try {
      checkDepth(new Parse(settings).parseString(text));
      return new Compose(settings).composeString(text).orElse(null);
    } catch (MarkedYamlEngineException e) {
      var line = e.getProblemMark().map(mark -> " in line " + (mark.getLine() + 1)).orElse("");
      throw fault("the file is not YAML" + line + ": " + e.getProblem());
    } catch (YamlEngineException e) {
      throw fault("the file is not YAML: " + e.getMessage());
    }
  }

  /** Before anything is built of it: that goes as deep into the stack as the text is nested. */
  private static void checkDepth(Iterable<Event> events) throws ComposeFault {
    int depth = 0;
    for (var event : events) {
      depth +=
          switch (event.getEventId()) {
            case MappingStart, SequenceStart -> 1;
            case MappingEnd, SequenceEnd -> -1;
            default -> 0;
          };
      if (depth > DEEPEST) {
        throw fault("the file is nested too deep");
      }
    }
  }

  private static ComposeFault fault(String problem) {
    return new ComposeFault(List.of(problem));
  }

  private @Nullable Object value(String path, Node node, int depth) throws ComposeFault {
    if (++nodes > MOST_NODES || depth > DEEPEST) {
      throw fault("the file is too large or too deep once its aliases are expanded");
    }
    if (!PLAIN.contains(node.getTag())) {
      findings.problem(path, "the tag " + node.getTag().getValue() + " is not supported");
      return null;
    }
    return switch (node) {
      case ScalarNode scalar -> scalar(path, scalar);
      case SequenceNode list -> list(path, list, depth);
      case MappingNode map -> map(path, map, depth);
      default -> throw fault(path + ": neither a map, a list nor a text");
    };
  }

  private @Nullable String scalar(String path, ScalarNode node) throws ComposeFault {
    return node.getTag().equals(Tag.NULL)
        ? null
        : interpolation.apply(path, node.getValue(), findings);
  }

  private List<@Nullable Object> list(String path, SequenceNode node, int depth)
      throws ComposeFault {
    var list = new ArrayList<@Nullable Object>();
    for (var item : node.getValue()) {
      list.add(value(path + "[" + list.size() + "]", item, depth + 1));
    }
    return list;
  }

  private Map<String, @Nullable Object> map(String path, MappingNode node, int depth)
      throws ComposeFault {
    var own = new LinkedHashMap<String, @Nullable Object>();
    var merged = new LinkedHashMap<String, @Nullable Object>();
    for (var tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw fault((path.isEmpty() ? "the file" : path) + ": a key is not a text");
      }
      var name = key.getValue();
      var at = path.isEmpty() ? name : path + "." + name;
      if (path.isEmpty() && name.startsWith("x-")) {
        continue;
      }
      if (name.equals(MERGE) && key.isPlain()) {
        merge(at, value(at, tuple.getValueNode(), depth + 1), merged);
      } else if (own.containsKey(name)) {
        findings.problem(at, "is there twice");
      } else {
        own.put(name, value(at, tuple.getValueNode(), depth + 1));
      }
    }
    merged.forEach(own::putIfAbsent);
    return own;
  }

  /** Of several maps the first that has a key counts. */
  private void merge(String path, @Nullable Object what, Map<String, @Nullable Object> into) {
    switch (what) {
      case Map<?, ?> map -> map.forEach((key, value) -> into.putIfAbsent((String) key, value));
      case List<?> maps -> maps.forEach(map -> merge(path, map, into));
      case null, default -> findings.problem(path, "is not a map");
    }
  }
}
